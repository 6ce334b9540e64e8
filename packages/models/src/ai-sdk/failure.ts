import { ModelError } from '../errors.ts';
import { isRecord, type JsonRecord, stringAt } from '../json.ts';
import { type ErrorContext, errorOf } from '../provider-errors.ts';
import { maskSecrets } from '../secrets.ts';

/** What the packages call their own errors, by the reason it is to us. */
const malformed = new Set(['AI_JSONParseError', 'AI_TypeValidationError', 'AI_InvalidResponseDataError']);
const empty = new Set(['AI_EmptyResponseBodyError', 'AI_NoContentGeneratedError']);
const refused = new Set(['AI_InvalidPromptError', 'AI_InvalidArgumentError', 'AI_NoSuchModelError']);

/** Whatever a provider package threw or streamed as an error, as one of our classes. Errors of ours come through. */
export function failureOf(error: unknown, context: ErrorContext, signal: AbortSignal): ModelError {
  const chain = causesOf(error);
  const own = chain.find((cause) => cause instanceof ModelError);
  if (own !== undefined) return own;
  if (signal.aborted) return signal.reason instanceof ModelError ? signal.reason : new ModelError('cancelled', 'cancelled');
  const params = { provider: context.provider, model: context.model };
  for (const cause of chain) {
    const name = cause instanceof Error ? cause.name : '';
    const told = toldBy(cause);
    if (told !== undefined) return errorOf({ status: 200, error: told }, context);
    if (malformed.has(name)) return new ModelError('bad_output', 'malformed_answer', params, { cause: error });
    if (empty.has(name)) return new ModelError('bad_output', 'empty_answer', params, { cause: error });
    const message = maskSecrets(cause instanceof Error ? cause.message : '', context.secrets);
    if (name === 'AI_UnsupportedFunctionalityError') return new ModelError('invalid_input', 'unsupported', { ...params, message });
    if (refused.has(name)) return new ModelError('invalid_input', 'provider_refused', { ...params, message });
  }
  if (isRecord(error) && !(error instanceof Error)) return errorOf({ status: statusOf(error), error }, context);
  if (typeof error === 'string') return errorOf({ status: 200, error: {}, plain: error }, context);
  return unknown(chain, context);
}

/** An error document where a chunk was expected: the package says it does not fit, and keeps it. */
function toldBy(cause: unknown): JsonRecord | undefined {
  if (!(cause instanceof Error) || cause.name !== 'AI_TypeValidationError' || !('value' in cause)) return undefined;
  const { value } = cause;
  return isRecord(value) && isRecord(value['error']) ? value['error'] : undefined;
}

/** An error event in a stream says its kind in our terms of `errorOf`, or wraps what the provider sent. */
function statusOf(error: Record<string, unknown>): number {
  return typeof error['statusCode'] === 'number' ? error['statusCode'] : 200;
}

function unknown(chain: readonly unknown[], context: ErrorContext): ModelError {
  const [first] = chain;
  const told = isRecord(first) ? first : {};
  const status = statusOf(told);
  const said = stringAt(told, 'message') ?? '';
  if (status !== 200) return errorOf({ status, error: { message: said } }, context);
  const message = maskSecrets(said, context.secrets);
  return new ModelError('bad_output', 'malformed_answer', { provider: context.provider, model: context.model, message }, { cause: first });
}

/** An error and what caused it, and so on; a ring ends. */
function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && !chain.includes(next) && chain.length < 10; ) {
    chain.push(next);
    next = isRecord(next) || next instanceof Error ? (next as { cause?: unknown }).cause : undefined;
  }
  return chain;
}
