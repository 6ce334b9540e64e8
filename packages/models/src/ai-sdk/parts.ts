import type { JSONObject, LanguageModelV4Content, LanguageModelV4FinishReason, LanguageModelV4Usage } from '@ai-sdk/provider';
import { base64Of } from '../base64.ts';
import { ModelError } from '../errors.ts';
import type { AnswerPart, ChatRequest, ChatResult, FinishReason, Opaque, Usage } from '../interface.ts';
import { estimateInput } from '../messages.ts';
import type { PriceOf } from '../prices.ts';
import type { ErrorContext } from '../provider-errors.ts';
import { estimateTokens, isCount } from '../tokens.ts';
import { toolCall } from '../tool-input.ts';

/** What a provider package told of an answer, whole or streamed. */
export interface Told {
  content: readonly LanguageModelV4Content[];
  finish: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
  model: string | undefined;
}

/** What the answer is judged and billed with. */
export interface Asked {
  request: ChatRequest;
  context: ErrorContext;
  price: PriceOf;
}

/** What a package adds to a part, which the provider wants back with it. */
const opaqueOf = (metadata: Record<string, JSONObject> | undefined): { opaque?: Opaque } =>
  metadata === undefined || Object.keys(metadata).length === 0 ? {} : { opaque: metadata as Opaque };

/** Parts of the answer in its own order. What we have no use for, such as sources, is left out. */
function answerParts(content: readonly LanguageModelV4Content[], context: ErrorContext): AnswerPart[] {
  return content.flatMap((part): AnswerPart[] => {
    switch (part.type) {
      case 'text':
        return part.text === '' ? [] : [{ type: 'text', text: part.text, ...opaqueOf(part.providerMetadata) }];
      case 'reasoning':
        return [{ type: 'reasoning', text: part.text, ...opaqueOf(part.providerMetadata) }];
      case 'tool-call': {
        if (part.providerExecuted === true) return [];
        const call = { id: part.toolCallId, name: part.toolName, written: part.input };
        return [{ ...toolCall(call, context), ...opaqueOf(part.providerMetadata) }];
      }
      case 'file': {
        if (part.data.type !== 'data') return [];
        const { data } = part.data;
        const base64 = typeof data === 'string' ? data : base64Of(data);
        return [{ type: 'media', mediaType: part.mediaType, base64, ...opaqueOf(part.providerMetadata) }];
      }
      default:
        return [];
    }
  });
}

/** One answer in our terms. Throws where it is none: filtered, broken, or empty. */
export function resultOf(told: Told, { request, context, price }: Asked): ChatResult {
  const params = { provider: context.provider, model: context.model };
  if (wasFiltered(told.finish)) throw new ModelError('content_filtered', 'content_filtered', params);
  // DeepSeek's word for having run out of machines in mid-answer.
  if (told.finish.raw === 'insufficient_system_resource') throw new ModelError('provider_unavailable', 'provider_error', params);
  if (told.finish.unified === 'error') throw new ModelError('bad_output', 'malformed_answer', params);
  const parts = answerParts(told.content, context);
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const given = parts.some((part) => part.type !== 'reasoning');
  if (!given && told.finish.unified !== 'length') throw new ModelError('bad_output', 'empty_answer', params);
  const usage = usageOf(told.usage, request, text);
  usage.costUsd = price(usage);
  return {
    text,
    ...(parts.some((part) => part.type !== 'text') ? { parts } : {}),
    finishReason: finishOf(told.finish, parts),
    usage,
    model: told.model ?? request.model,
    simulated: false,
  };
}

/** Some packages know no filter and hand on the provider's own word. */
const wasFiltered = ({ unified, raw }: LanguageModelV4FinishReason): boolean => unified === 'content-filter' || raw === 'content_filter';

function finishOf({ unified }: LanguageModelV4FinishReason, parts: readonly AnswerPart[]): FinishReason {
  if (unified === 'length') return 'length';
  if (parts.some((part) => part.type === 'tool-call')) return 'tool_calls';
  return unified === 'stop' || unified === 'tool-calls' ? 'stop' : 'other';
}

/** The provider's figures, where money may be counted by them; else ours. */
function usageOf({ inputTokens: input, outputTokens: output }: LanguageModelV4Usage, request: ChatRequest, text: string): Usage {
  const told = isCount(input.total) && isCount(output.total);
  return {
    inputTokens: isCount(input.total) ? input.total : estimateInput(request),
    outputTokens: isCount(output.total) ? output.total : estimateTokens(text),
    costUsd: null,
    estimated: !told,
    ...positive('cachedInputTokens', input.cacheRead),
    ...positive('cacheWriteTokens', input.cacheWrite),
    ...positive('reasoningTokens', output.reasoning),
  };
}

const positive = (name: 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens', value: number | undefined): Partial<Usage> =>
  isCount(value) && value > 0 ? { [name]: value } : {};
