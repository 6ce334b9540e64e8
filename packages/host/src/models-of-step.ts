import type { ChatChunk, ChatRequest, ChatResult } from '@patchbay/models';
import type { ModelRequest, Models, StepHandle } from '@patchbay/node-kit';
import { answerKey } from './answers/answer-key.ts';
import type { Answers, Taken } from './answers/answers.ts';
import { replay } from './answers/replay.ts';
import { type CallLimits, callsOfStep } from './calls-of-step.ts';
import { fallingBack } from './fallback.ts';
import { createLedger } from './ledger.ts';
import { otherCalls } from './other-calls.ts';
import type { Choice, Registry } from './registry.ts';

export interface ModelAccess extends CallLimits {
  registry: Registry;
  /** False: a node that streams is given the whole answer as one text. */
  streaming: boolean;
  answers: Answers;
  workspaceId: string;
}

/** A request read: who is asked, for what, and how long the answer may be given again. */
interface Asking {
  choice: Choice;
  asked: ChatRequest;
  cacheMs: number;
}

/** The models as one step sees them: chosen by name, called within limits, answered from memory where the node allows it. */
export function modelsOfStep(step: StepHandle, access: ModelAccess): Models {
  const { registry, answers, workspaceId } = access;
  const ledger = createLedger(step, access.prices);
  const calls = fallingBack(callsOfStep(step, ledger, access), registry);

  const read = async ({ cacheMs = 0, ...rest }: ModelRequest): Promise<Asking> => {
    const choosing = registry.choose(rest.model);
    const choice = choosing instanceof Promise ? await choosing : choosing;
    return { choice, asked: { ...rest, model: choice.model }, cacheMs };
  };
  /** A later attempt asks anew: what is kept may be what failed it. */
  const take = async ({ choice, asked }: Asking): Promise<Taken> => {
    const place = { workspaceId, key: answerKey(workspaceId, choice, asked), signal: step.signal };
    const taken = step.attempt > 1 ? answers.renew(place) : await answers.take(place);
    if (taken.known !== undefined) ledger.recalled(choice, taken.known);
    return taken;
  };

  const chat = async (request: ModelRequest): Promise<ChatResult> => {
    const asking = await read(request);
    if (asking.cacheMs <= 0) return calls.generate(asking.choice, asking.asked);
    const taken = await take(asking);
    if (taken.known !== undefined) return free(taken.known);
    let answer: ChatResult | undefined;
    try {
      answer = await calls.generate(asking.choice, asking.asked);
      return answer;
    } finally {
      taken.keep(answer, asking.cacheMs);
    }
  };
  async function* stream(request: ModelRequest): AsyncGenerator<ChatChunk> {
    const asking = await read(request);
    if (asking.cacheMs <= 0) return yield* calls.write(asking.choice, asking.asked);
    const taken = await take(asking);
    if (taken.known !== undefined) return yield* replay(free(taken.known));
    const answer = { text: '', whole: undefined as ChatResult | undefined };
    try {
      for await (const chunk of calls.write(asking.choice, asking.asked)) {
        gather(answer, chunk);
        yield chunk;
      }
    } finally {
      taken.keep(answer.whole, asking.cacheMs);
    }
  }
  const others = otherCalls(registry, calls);
  if (access.streaming) return { chat, stream, ...others };
  return { whole: true, chat, stream: (request) => wholeAsStream(chat(request)), ...others };
}

function gather(answer: { text: string; whole: ChatResult | undefined }, chunk: ChatChunk): void {
  if (chunk.type === 'text') answer.text += chunk.text;
  else if (chunk.type === 'end') {
    const { type: _type, ...end } = chunk;
    answer.whole = { text: answer.text, ...end };
  }
}

/** An answer that is given again costs nothing. */
const free = (answer: ChatResult): ChatResult => ({
  ...answer,
  usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
});

async function* wholeAsStream(answer: Promise<ChatResult>): AsyncGenerator<ChatChunk> {
  const { text, ...end } = await answer;
  if (text !== '') yield { type: 'text', text };
  yield { type: 'end', ...end };
}
