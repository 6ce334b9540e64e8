import { ModelError } from '../errors.ts';
import type { CallContext, ChatChunk, ChatRequest } from '../interface.ts';
import { type ErrorContext, errorOfResponse } from '../provider-errors.ts';
import { readJson } from '../read-json.ts';
import { parseSse } from '../sse.ts';
import { assertAnswer, type Gathered, gather, nothingYet, resultOf } from './answer.ts';
import type { Wire } from './wire.ts';

/** A streamed answer. Text that came before a failure is handed out before the failure is thrown. */
export async function* streamChat(wire: Wire, request: ChatRequest, call: CallContext): AsyncGenerator<ChatChunk> {
  const context = wire.context(request.model);
  const price = wire.price(request.model);
  const response = await wire.chat(request, call, true);
  if (response.status !== 200) throw await errorOfResponse(response, context);
  const gathered = nothingYet();
  const reader = parseSse();
  let done = false;
  for await (const bytes of response.body) {
    const taken = take(gathered, reader.push(bytes), context);
    if (taken.reasoning !== '') yield { type: 'reasoning', text: taken.reasoning };
    if (taken.text !== '') yield { type: 'text', text: taken.text };
    if (taken.failure !== undefined) throw taken.failure;
    done = taken.done;
    if (done) break;
  }
  if (!done) {
    const { text, reasoning, failure, done: ended } = take(gathered, reader.end(), context);
    if (reasoning !== '') yield { type: 'reasoning', text: reasoning };
    if (text !== '') yield { type: 'text', text };
    if (failure !== undefined) throw failure;
    // Some servers leave out the last line; one that gave no reason either was cut off.
    if (!ended && gathered.finish === undefined) {
      throw new ModelError('provider_unavailable', 'stream_cut', { provider: context.provider, model: context.model });
    }
  }
  assertAnswer(gathered, context);
  yield {
    type: 'end',
    ...resultOf(gathered, request, { price: typeof price === 'function' ? price : await price, provider: context.provider }),
  };
}

interface Taken {
  text: string;
  reasoning: string;
  done: boolean;
  failure: unknown;
}

function take(gathered: Gathered, events: readonly string[], context: ErrorContext): Taken {
  const taken: Taken = { text: '', reasoning: '', done: false, failure: undefined };
  const thought = gathered.reasoning.length;
  try {
    for (const data of events) {
      if (data === '[DONE]') taken.done = true;
      else taken.text += gather(gathered, readJson(data, context), 'delta', context);
    }
  } catch (failure) {
    taken.failure = failure;
  }
  if (gathered.reasoning.length > thought) taken.reasoning = gathered.reasoning.slice(thought);
  return taken;
}
