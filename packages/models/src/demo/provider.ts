import { ModelError } from '../errors.ts';
import type { AnswerPart, CallContext, ChatChunk, ChatRequest, ChatResult, FinishReason, ModelProvider, Usage } from '../interface.ts';
import { estimateInput, lastUserText } from '../messages.ts';
import { estimateTokens } from '../tokens.ts';
import { answerOf } from './answer.ts';
import { draw } from './draw.ts';
import { hum } from './hum.ts';
import { toolCallOf } from './tool-call.ts';
import { transcript } from './transcript.ts';

export interface DemoOptions {
  /** Milliseconds between the words of a stream; 0 for tests and benchmarks. */
  delayMs?: number;
}

const usualDelayMs = 12;
/** A long answer streams faster, so that nobody waits longer than this for show. */
const longestStreamMs = 1_500;

/** The model that needs no key and no network: the same answer for the same request, by rule, marked as simulated. */
export function createDemoProvider({ delayMs = usualDelayMs }: DemoOptions = {}): ModelProvider {
  return {
    id: 'demo',
    defaultModel: 'auto',
    usual: { image: 'auto', speech: 'auto', transcribe: 'auto' },
    generate: async (request, call) => {
      assertGoing(call);
      return resultOf(request, answer(request));
    },
    stream: (request, call) => streamWords(request, call, delayMs),
    listModels: async () => ['auto', 'echo'],
    image: async ({ model, prompt, count = 1 }, call) => {
      assertCallable(model, call);
      const images = await Promise.all(Array.from({ length: Math.min(count, 10) }, (_, number) => draw(prompt, number)));
      return { images, ...billed(model, prompt) };
    },
    speech: async ({ model, text }, call) => {
      assertCallable(model, call);
      return { audio: hum(text), ...billed(model, text) };
    },
    transcribe: async ({ model, language }, call) => {
      assertCallable(model, call);
      // Echo repeats the words it is given, and here there are none.
      const heard = model === 'echo' ? { text: '', language: null, segments: [] } : transcript(language);
      return { ...heard, ...billed(model, '', heard.text) };
    },
  };
}

interface Answer {
  text: string;
  parts?: AnswerPart[];
  finishReason: FinishReason;
}

function assertCallable(model: string, call: CallContext): void {
  assertGoing(call);
  assertKnown(model);
}

function assertKnown(model: string): void {
  if (model !== 'auto' && model !== 'echo') throw new ModelError('invalid_input', 'model_not_found', { provider: 'demo', model });
}

/** What an answer that is not chat says besides itself. */
function billed(model: string, asked: string, said = '') {
  const usage: Usage = { inputTokens: estimateTokens(asked), outputTokens: estimateTokens(said), costUsd: 0, estimated: true };
  return { usage, model, simulated: true };
}

function answer(request: ChatRequest): Answer {
  assertKnown(request.model);
  const call = request.model === 'echo' ? undefined : toolCallOf(request);
  if (call !== undefined) return { text: '', parts: [call], finishReason: 'tool_calls' };
  const text = request.model === 'echo' ? lastUserText(request.messages) : answerOf(request);
  const limit = request.maxOutputTokens;
  if (limit === undefined || estimateTokens(text) <= limit) return { text, finishReason: 'stop' };
  return { text: cut(text, limit), finishReason: 'length' };
}

function cut(text: string, tokens: number): string {
  let short = '';
  for (const piece of piecesOf(text)) {
    if (estimateTokens(short + piece) > tokens) break;
    short += piece;
  }
  return short;
}

function resultOf(request: ChatRequest, { text, parts, finishReason }: Answer): ChatResult {
  const usage = { inputTokens: estimateInput(request), outputTokens: estimateTokens(text), costUsd: 0, estimated: true };
  return { text, ...(parts === undefined ? {} : { parts }), finishReason, usage, model: request.model, simulated: true };
}

/** Words with their space; Chinese in pieces of two characters, about what a real stream brings. */
const piecesOf = (text: string): string[] => text.match(/\s*(?:[\p{Script=Han}\p{P}]{1,2}|[^\s\p{Script=Han}]+)|\s+/gu) ?? [];

async function* streamWords(request: ChatRequest, call: CallContext, delayMs: number): AsyncGenerator<ChatChunk> {
  assertGoing(call);
  const whole = answer(request);
  const pieces = piecesOf(whole.text);
  const pause = Math.min(delayMs, longestStreamMs / pieces.length);
  if (pause === 0) {
    if (whole.text !== '') yield { type: 'text', text: whole.text };
  } else {
    const start = performance.now();
    for (const [index, piece] of pieces.entries()) {
      // Paced against the start, so that late timers and slow readers do not add up.
      const wait = start + (index + 1) * pause - performance.now();
      if (wait >= 1) await sleep(wait, call.signal);
      assertGoing(call);
      yield { type: 'text', text: piece };
    }
  }
  const { text: _, ...end } = resultOf(request, whole);
  yield { type: 'end', ...end };
}

function assertGoing({ signal }: CallContext): void {
  if (signal.aborted) throw new ModelError('cancelled', 'cancelled');
}

/** Ends early when the signal fires; who waits looks at the signal afterwards. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
