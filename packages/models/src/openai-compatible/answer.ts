import { ModelError } from '../errors.ts';
import type { AnswerPart, ChatRequest, ChatResult, FinishReason, ToolCallPart, Usage } from '../interface.ts';
import { isRecord, type JsonRecord, stringAt } from '../json.ts';
import { estimateInput } from '../messages.ts';
import type { PriceOf } from '../prices.ts';
import { type ErrorContext, errorOf } from '../provider-errors.ts';
import { maskSecrets } from '../secrets.ts';
import { estimateTokens, isCount } from '../tokens.ts';
import { toolCall } from '../tool-input.ts';

/** What one answer, or all chunks of a stream together, said. */
export interface Gathered {
  text: string;
  /** Some content was a text, even an empty one. */
  spoke: boolean;
  refusal: string;
  /** What was thought before the answer. */
  reasoning: string;
  /** Tools asked for, by the place the provider numbers them with. */
  calls: Map<number, { id: string; name: string; written: string }>;
  finish: string | undefined;
  usage: JsonRecord | undefined;
  model: string | undefined;
}

export const nothingYet = (): Gathered => ({
  text: '',
  spoke: false,
  refusal: '',
  reasoning: '',
  calls: new Map(),
  finish: undefined,
  usage: undefined,
  model: undefined,
});

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
  const thought = message['reasoning_content'] ?? message['reasoning'];
  if (typeof thought === 'string') gathered.reasoning += thought;
  if (Array.isArray(message['tool_calls'])) gatherCalls(gathered, message['tool_calls']);
  const content = message['content'];
  if (typeof content !== 'string') return '';
  gathered.spoke = true;
  gathered.text += content;
  return content;
}

/** Names and arguments come in pieces; one without a name is no call. */
function gatherCalls({ calls }: Gathered, pieces: readonly unknown[]): void {
  for (const [place, piece] of pieces.entries()) {
    if (!isRecord(piece) || !isRecord(piece['function'])) continue;
    const index = typeof piece['index'] === 'number' ? piece['index'] : place;
    const call = calls.get(index) ?? { id: '', name: '', written: '' };
    call.id ||= stringAt(piece, 'id') ?? '';
    call.name ||= stringAt(piece['function'], 'name') ?? '';
    call.written += stringAt(piece['function'], 'arguments') ?? '';
    calls.set(index, call);
  }
}

/** Throws where what was gathered is no answer: refused, filtered, or empty. */
export function assertAnswer(gathered: Gathered, context: ErrorContext): void {
  const params = { provider: context.provider, model: context.model };
  if (gathered.refusal !== '') {
    throw new ModelError('content_filtered', 'model_refused', { ...params, message: maskSecrets(gathered.refusal, context.secrets) });
  }
  if (gathered.finish === 'content_filter') throw new ModelError('content_filtered', 'content_filtered', params);
  if (!gathered.spoke && callsOf(gathered).length === 0) throw new ModelError('bad_output', 'empty_answer', params);
}

const callsOf = (gathered: Gathered) => [...gathered.calls.values()].filter(({ name }) => name !== '');

/** The answer in parts, where it is more than text. */
function partsOf(gathered: Gathered, calls: readonly ToolCallPart[]): { parts?: AnswerPart[] } {
  if (gathered.reasoning === '' && calls.length === 0) return {};
  const parts: AnswerPart[] = [];
  if (gathered.reasoning !== '') parts.push({ type: 'reasoning', text: gathered.reasoning });
  if (gathered.text !== '') parts.push({ type: 'text', text: gathered.text });
  return { parts: [...parts, ...calls] };
}

function finishOf(finish: string | undefined, calls: number): FinishReason {
  if (calls > 0 && finish !== 'length') return 'tool_calls';
  if (finish === 'stop' || finish === undefined) return 'stop';
  return finish === 'length' ? 'length' : 'other';
}

/** The provider's token figures, else ours. The cost is added by who knows prices. */
function usageOf(gathered: Gathered, request: ChatRequest): Usage {
  const input = gathered.usage?.['prompt_tokens'];
  const output = gathered.usage?.['completion_tokens'];
  if (isCount(input) && isCount(output)) {
    return { inputTokens: input, outputTokens: output, costUsd: null, estimated: false, ...detailsOf(gathered.usage ?? {}) };
  }
  return { inputTokens: estimateInput(request), outputTokens: estimateTokens(gathered.text), costUsd: null, estimated: true };
}

/** Tokens read from a cache and tokens thought with, where a server says them. */
function detailsOf(usage: JsonRecord): Pick<Usage, 'cachedInputTokens' | 'reasoningTokens'> {
  const cached = isRecord(usage['prompt_tokens_details'])
    ? usage['prompt_tokens_details']['cached_tokens']
    : usage['prompt_cache_hit_tokens'];
  const thought = isRecord(usage['completion_tokens_details']) ? usage['completion_tokens_details']['reasoning_tokens'] : undefined;
  return {
    ...(isCount(cached) && cached > 0 ? { cachedInputTokens: cached } : {}),
    ...(isCount(thought) && thought > 0 ? { reasoningTokens: thought } : {}),
  };
}

interface Billed {
  price: PriceOf;
  provider: string;
}

/** All but the text of an answer, with its cost. */
export function resultOf(gathered: Gathered, request: ChatRequest, { price, provider }: Billed): Omit<ChatResult, 'text'> {
  const usage = usageOf(gathered, request);
  usage.costUsd = price(usage);
  const model = gathered.model ?? request.model;
  const calls = callsOf(gathered).map((call) => toolCall(call, { provider, model }));
  return { ...partsOf(gathered, calls), finishReason: finishOf(gathered.finish, calls.length), usage, model, simulated: false };
}
