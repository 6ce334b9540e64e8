import { ModelError } from './errors.ts';
import type { OutboundResponse } from './interface.ts';
import { isRecord, type JsonRecord, stringAt } from './json.ts';
import { maskSecrets } from './secrets.ts';

/** What the mapping may know besides the answer; secrets only to keep them out of messages. */
export interface ErrorContext {
  provider: string;
  model: string;
  secrets: readonly (string | undefined)[];
}

const contextWords =
  /context[_ ]length|maximum context|context window|too many tokens|prompt is too long|input is too long|reduce the length|maximum number of tokens|range of input length/i;
const filterWords =
  /content[_ ]?(?:filter|policy|management)|moderation|inappropriate content|data_inspection_failed|responsible ai|guardrail_intervened/i;
const quotaWords = /insufficient[_ ](?:quota|balance)|exceeded your current quota|billing|credit balance|arrearage/i;
const modelWords =
  /model_not_found|DeploymentNotFound|model .{0,80}(?:does not exist|not found)|models\/\S{0,200} is not found|unknown model|no such model|invalid model|model identifier is invalid|not_found_error model:/i;
const keyWords = /invalid_api_key|API_KEY_INVALID|authentication_error|UnrecognizedClient|InvalidSignature|ExpiredToken/i;
const rateWords = /rate_?limit|throttl|RESOURCE_EXHAUSTED|ServiceQuotaExceeded/i;

/** Reads a refusal's body and says which of our classes it is. */
export async function errorOfResponse(response: OutboundResponse, context: ErrorContext): Promise<ModelError> {
  const text = await response.text().catch(() => '');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  // Google answers a stream that fails at once with a list of one.
  if (Array.isArray(body)) body = body[0];
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : isRecord(body) ? body : {};
  const plain = isRecord(body) && typeof body['error'] === 'string' ? body['error'] : undefined;
  const kind = response.headers['x-amzn-errortype'];
  const retryAfterMs = waitAsked(response.headers) ?? waitInDetails(error);
  return errorOf({ status: response.status, error: kind === undefined ? error : { ...error, __type: kind }, plain, retryAfterMs }, context);
}

interface Told {
  status: number;
  error: JsonRecord;
  plain?: string | undefined;
  retryAfterMs?: number | undefined;
}

/** One refusal, from a status or from an error event in a stream (status 200), as a ModelError. */
export function errorOf({ status, error, plain, retryAfterMs }: Told, context: ErrorContext): ModelError {
  const message = maskSecrets(plain ?? messageIn(error), context.secrets);
  const code = codesOf(error).join(' ');
  const words = `${code} ${message}`;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  const params = { provider: context.provider, model: context.model, status, ...(message === '' ? {} : { message }) };

  if (contextWords.test(words)) return new ModelError('context_too_long', 'context_too_long', params);
  if (filterWords.test(words)) return new ModelError('content_filtered', 'content_filtered', params);
  // Google's words for a rate limit are those others have for an empty account.
  if (code.includes('RESOURCE_EXHAUSTED')) return new ModelError('rate_limited', 'provider_rate_limit', params, wait);
  if (quotaWords.test(words) || status === 402) return new ModelError('auth', 'no_credit', params);
  if (status === 401 || status === 403 || keyWords.test(code)) return new ModelError('auth', 'key_rejected', params);
  if (modelWords.test(words)) return new ModelError('invalid_input', 'model_not_found', params);
  if (status === 429 || rateWords.test(code)) return new ModelError('rate_limited', 'provider_rate_limit', params, wait);
  if (status === 404) return new ModelError('invalid_input', 'endpoint_not_found', params);
  if (status === 408 || code.includes('ModelTimeout')) return new ModelError('timeout', 'provider_timeout', params);
  if (status === 413) return new ModelError('context_too_long', 'request_too_large', params);
  if (status >= 500 || /server_error|overloaded|ServiceUnavailable|InternalServer/.test(code)) {
    return new ModelError('provider_unavailable', 'provider_error', params, wait);
  }
  if (status >= 400 || /invalid_request|ValidationException/.test(code)) return new ModelError('invalid_input', 'provider_refused', params);
  return new ModelError('provider_unavailable', 'provider_error', params);
}

const messageIn = (error: JsonRecord): string => {
  const text = stringAt(error, 'message') ?? stringAt(error, 'Message') ?? stringAt(error, 'detail');
  if (text !== undefined) return text;
  // Servers that check with a schema tell a list of what does not fit.
  return Array.isArray(error['detail']) ? JSON.stringify(error['detail']) : '';
};

/** All that a refusal says about its kind: each provider has another field for it. */
function codesOf(error: JsonRecord): string[] {
  const own = [error['code'], error['type'], error['status'], error['__type']];
  const inner = isRecord(error['innererror']) ? [error['innererror']['code']] : [];
  const details = Array.isArray(error['details'])
    ? error['details'].map((part: unknown) => (isRecord(part) ? part['reason'] : undefined))
    : [];
  return [...own, ...inner, ...details].flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : []));
}

/** Google says how long to wait in the error itself, as `"retryDelay": "34.5s"`. */
function waitInDetails(error: JsonRecord): number | undefined {
  if (!Array.isArray(error['details'])) return undefined;
  for (const part of error['details'] as unknown[]) {
    const delay = isRecord(part) ? /^(\d{1,6}(?:\.\d+)?)s$/.exec(stringAt(part, 'retryDelay') ?? '')?.[1] : undefined;
    if (delay !== undefined) return Math.ceil(Number(delay) * 1_000);
  }
  return undefined;
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
