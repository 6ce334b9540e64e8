import { ModelError } from './errors.ts';
import type { OutboundResponse } from './interface.ts';
import { isRecord, type JsonRecord, stringAt } from './json.ts';
import { maskSecrets } from './secrets.ts';

/** What the mapping may know besides the answer; the key only to keep it out of messages. */
export interface ErrorContext {
  provider: string;
  model: string;
  apiKey: string | undefined;
}

const contextWords =
  /context[_ ]length|maximum context|context window|too many tokens|prompt is too long|input is too long|reduce the length/i;
const filterWords = /content[_ ](?:filter|policy|management)|moderation|inappropriate content|data_inspection_failed|responsible ai/i;
const quotaWords = /insufficient[_ ](?:quota|balance)|exceeded your current quota|billing|arrearage/i;
const modelWords = /model_not_found|model .{0,80}(?:does not exist|not found)|unknown model|no such model/i;

/** Reads a refusal's body and says which of our classes it is. */
export async function errorOfResponse(response: OutboundResponse, context: ErrorContext): Promise<ModelError> {
  const text = await response.text().catch(() => '');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : isRecord(body) ? body : {};
  const plain = isRecord(body) && typeof body['error'] === 'string' ? body['error'] : undefined;
  return errorOf({ status: response.status, error, plain, retryAfterMs: waitAsked(response.headers) }, context);
}

interface Told {
  status: number;
  error: JsonRecord;
  plain?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** One refusal, from a status or from an error event in a stream (status 200), as a ModelError. */
export function errorOf({ status, error, plain, retryAfterMs }: Told, context: ErrorContext): ModelError {
  const message = maskSecrets(plain ?? stringAt(error, 'message') ?? stringAt(error, 'detail') ?? '', [context.apiKey]);
  const code = [error['code'], error['type']].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
  const words = `${code} ${message}`;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  const params = { provider: context.provider, model: context.model, status, ...(message === '' ? {} : { message }) };

  if (contextWords.test(words)) return new ModelError('context_too_long', 'context_too_long', params);
  if (filterWords.test(words)) return new ModelError('content_filtered', 'content_filtered', params);
  if (quotaWords.test(words) || status === 402) return new ModelError('auth', 'no_credit', params);
  if (status === 401 || status === 403 || code.includes('invalid_api_key')) return new ModelError('auth', 'key_rejected', params);
  if (modelWords.test(words)) return new ModelError('invalid_input', 'model_not_found', params);
  if (status === 429 || code.includes('rate_limit')) return new ModelError('rate_limited', 'provider_rate_limit', params, wait);
  if (status === 404) return new ModelError('invalid_input', 'endpoint_not_found', params);
  if (status === 408) return new ModelError('timeout', 'provider_timeout', params);
  if (status === 413) return new ModelError('context_too_long', 'request_too_large', params);
  if (status >= 500 || code.includes('server_error') || code.includes('overloaded')) {
    return new ModelError('provider_unavailable', 'provider_error', params, wait);
  }
  if (status >= 400) return new ModelError('invalid_input', 'provider_refused', params);
  return new ModelError('provider_unavailable', 'provider_error', params);
}

/** How long to wait, where the provider says it; OpenAI tells it finer in a header of its own. */
function waitAsked(headers: Readonly<Record<string, string>>): number | undefined {
  const fine = Number(headers['retry-after-ms'] ?? Number.NaN);
  return fine >= 0 ? Math.ceil(fine) : parseRetryAfter(headers['retry-after'], Date.now());
}

/** `Retry-After` (RFC 9110, 10.2.3): seconds or an HTTP date, as milliseconds from now. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
