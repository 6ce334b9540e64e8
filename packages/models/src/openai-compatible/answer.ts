import { ModelError } from '../errors.ts';
import type { ChatRequest, ChatResult, FinishReason, Usage } from '../interface.ts';
import { estimateInput } from '../messages.ts';
import type { PriceOf } from '../prices.ts';
import { maskSecrets } from '../secrets.ts';
import { estimateTokens } from '../tokens.ts';
import { type ErrorContext, errorOf } from './errors.ts';
import { isRecord, type JsonRecord, stringAt } from './json.ts';

/** What one answer, or all chunks of a stream together, said. */
export interface Gathered {
  text: string;
  /** Some content was a text, even an empty one. */
  spoke: boolean;
  refusal: string;
  finish: string | undefined;
  usage: JsonRecord | undefined;
  model: string | undefined;
}

export const nothingYet = (): Gathered => ({ text: '', spoke: false, refusal: '', finish: undefined, usage: undefined, model: undefined });

/** Adds an answer or a chunk to what was gathered; gives the new text. `part` is `message` or `delta`. */
export function gather(gathered: Gathered, data: unknown, part: 'message' | 'delta', context: ErrorContext): string {
  if (!isRecord(data)) throw new ModelError('bad_output', 'malformed_answer', { provider: context.provider, model: context.model });
  const error = data['error'];
  if (isRecord(error)) throw errorOf({ status: 200, error }, context);
  if (typeof error === 'string' && error !== '') throw errorOf({ status: 200, error: {}, plain: error }, context);
  gathered.model ??= stringAt(data, 'model');
  if (isRecord(data['usage'])) gathered.usage = data['usage'];
  const choices = data['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (!isRecord(choice)) return '';
  const finish = choice['finish_reason'];
  if (typeof finish === 'string') gathered.finish = finish;
  const message = choice[part];
  if (!isRecord(message)) return '';
  if (typeof message['refusal'] === 'string') gathered.refusal += message['refusal'];
  const content = message['content'];
  if (typeof content !== 'string') return '';
  gathered.spoke = true;
  gathered.text += content;
  return content;
}

/** Throws where what was gathered is no answer: refused, filtered, or empty. */
export function assertAnswer(gathered: Gathered, context: ErrorContext): void {
  const params = { provider: context.provider, model: context.model };
  if (gathered.refusal !== '') {
    throw new ModelError('content_filtered', 'model_refused', { ...params, message: maskSecrets(gathered.refusal, [context.apiKey]) });
  }
  if (gathered.finish === 'content_filter') throw new ModelError('content_filtered', 'content_filtered', params);
  if (!gathered.spoke) throw new ModelError('bad_output', 'empty_answer', params);
}

function finishOf(finish: string | undefined): FinishReason {
  if (finish === 'stop' || finish === undefined) return 'stop';
  return finish === 'length' ? 'length' : 'other';
}

/** A figure that money may be counted by: JSON also holds numbers below zero and, as `1e999`, beyond all. */
const isCount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && Number.isFinite(value);

/** The provider's token figures, else ours. The cost is added by who knows prices. */
function usageOf(gathered: Gathered, request: ChatRequest): Usage {
  const input = gathered.usage?.['prompt_tokens'];
  const output = gathered.usage?.['completion_tokens'];
  if (isCount(input) && isCount(output)) {
    return { inputTokens: input, outputTokens: output, costUsd: null, estimated: false };
  }
  return { inputTokens: estimateInput(request), outputTokens: estimateTokens(gathered.text), costUsd: null, estimated: true };
}

/** All but the text of an answer, with its cost. */
export function resultOf(gathered: Gathered, request: ChatRequest, price: PriceOf): Omit<ChatResult, 'text'> {
  const usage = usageOf(gathered, request);
  usage.costUsd = price(usage);
  return { finishReason: finishOf(gathered.finish), usage, model: gathered.model ?? request.model, simulated: false };
}

export function readJson(text: string, context: ErrorContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('bad_output', 'malformed_answer', { provider: context.provider, model: context.model });
  }
}
