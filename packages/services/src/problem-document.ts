import { StorageError } from '@patchbay/db';
import { fillWords, type Locale, type Words } from '@patchbay/flow';
import type { ErrorClass, Failure, RunResult } from '@patchbay/node-kit';
import { atOnceHeaders } from './limits/rate-limit-headers.ts';
import type { ProblemDocument } from './resources.ts';
import { failureResource, runResource } from './runs/run-resource.ts';
import { type Reason, type RequestCode, reasonWords, ServiceError } from './service-error.ts';

/** A problem document with what goes beside it in the response. */
export interface ProblemAnswer {
  status: number;
  headers: Record<string, string>;
  document: ProblemDocument;
}

interface Reader {
  locale: Locale;
  /** The request's id. */
  instance: string;
}

/** Status and title per code: one list for refused requests and failed runs. */
const failureStatus: Record<ErrorClass, number> = {
  invalid_input: 400,
  content_filtered: 422,
  context_too_long: 422,
  budget_exceeded: 402,
  rate_limited: 503,
  timeout: 504,
  auth: 502,
  provider_unavailable: 502,
  bad_output: 502,
  cancelled: 499,
  internal: 500,
};
const retryable: Record<ErrorClass, boolean> = {
  invalid_input: false,
  content_filtered: false,
  context_too_long: false,
  budget_exceeded: false,
  rate_limited: true,
  timeout: true,
  auth: false,
  provider_unavailable: true,
  bad_output: true,
  cancelled: false,
  internal: false,
};

const titles: Record<RequestCode | ErrorClass, Words> = {
  invalid_input: { en: 'Something given is missing or wrong', 'zh-Hans': '提供的内容缺失或有误' },
  unauthenticated: { en: 'Who asks is not known', 'zh-Hans': '无法识别请求者' },
  forbidden: { en: 'Not allowed', 'zh-Hans': '没有权限' },
  not_found: { en: 'Not found', 'zh-Hans': '未找到' },
  method_not_allowed: { en: 'Wrong method', 'zh-Hans': '请求方法不正确' },
  conflict: { en: 'Already taken', 'zh-Hans': '已被占用' },
  precondition_failed: { en: 'Changed meanwhile', 'zh-Hans': '内容已被修改' },
  too_large: { en: 'Too large', 'zh-Hans': '内容过大' },
  unsupported: { en: 'Wrong content type', 'zh-Hans': '内容类型不正确' },
  key_reused: { en: 'Idempotency-Key used before', 'zh-Hans': 'Idempotency-Key 已被使用' },
  storage_full: { en: 'No space left', 'zh-Hans': '存储空间不足' },
  unavailable: { en: 'Not available now', 'zh-Hans': '暂时不可用' },
  internal: { en: 'Something went wrong here', 'zh-Hans': '服务器出错' },
  auth: { en: 'The provider refused our key', 'zh-Hans': '服务商拒绝了密钥' },
  rate_limited: { en: 'Too much at once', 'zh-Hans': '请求过多' },
  timeout: { en: 'Took too long', 'zh-Hans': '耗时过长' },
  content_filtered: { en: 'Stopped by the provider’s content filter', 'zh-Hans': '被服务商的内容过滤拦截' },
  context_too_long: { en: 'Longer than the model can read', 'zh-Hans': '超出模型可读长度' },
  provider_unavailable: { en: 'The provider cannot be reached', 'zh-Hans': '无法访问服务商' },
  bad_output: { en: 'The answer has the wrong form', 'zh-Hans': '回答格式不正确' },
  budget_exceeded: { en: 'The budget is used up', 'zh-Hans': '预算已用完' },
  cancelled: { en: 'Stopped', 'zh-Hans': '已停止' },
};

/** Stable addresses of codes; nothing needs to be reachable there. */
const typeOf = (code: string): string => `urn:patchbay:problem:${code}`;

/** Whatever was thrown, as a problem document. What is not ours says nothing of itself: its message may hold data. */
export function describeError(thrown: unknown, { locale, instance }: Reader): ProblemAnswer {
  const error = asServiceError(thrown);
  const { code, status, params, errors, headers } = error;
  const document: ProblemDocument = {
    type: typeOf(code),
    title: titles[code][locale],
    status,
    detail: fillWords(reasonWords[error.reason], params, locale),
    instance,
    code,
  };
  if (errors.length > 0) document.errors = errors;
  if (code === 'unavailable' || code === 'rate_limited') document.retryable = true;
  return { status, headers: code === 'unavailable' ? { 'Retry-After': '1', ...headers } : headers, document };
}

/** True where the log should hold what happened: nobody else will hear of it. */
export const isUnexpected = (thrown: unknown): boolean => asServiceError(thrown).code === 'internal';

const storageReasons: Partial<Record<StorageError['reason'], [RequestCode, Reason]>> = {
  busy: ['unavailable', 'store_busy'],
  full: ['storage_full', 'disk_full'],
  closed: ['unavailable', 'stopping'],
};

function asServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  const known = thrown instanceof StorageError ? storageReasons[thrown.reason] : undefined;
  return known === undefined ? new ServiceError('internal', 'unexpected') : new ServiceError(...known);
}

/** A run that did not succeed, as a problem document with the outputs that were complete. */
export function describeFailedRun(id: string, result: RunResult, { locale, instance }: Reader): ProblemAnswer {
  const failure: Failure = result.error ?? { class: 'internal', reason: 'unexpected', params: {} };
  const { message, fix } = failureResource(failure, locale);
  const { outputs, run } = runResource(id, result, locale);
  const document: ProblemDocument = {
    type: typeOf(failure.class),
    title: titles[failure.class][locale],
    status: isOwnLimit(failure) ? 429 : failureStatus[failure.class],
    detail: fix === undefined ? message : `${message}${locale === 'en' ? ' ' : ''}${fix}`,
    instance,
    code: failure.class,
    runId: id,
    ...(failure.node === undefined || failure.node === '' ? {} : { nodeId: failure.node }),
    retryable: retryable[failure.class],
    outputs,
    run,
  };
  const headers = failure.class === 'rate_limited' ? waitHeaders(failure) : {};
  return { status: document.status, headers: simulatedHeader(result, headers), document };
}

/** A limit of ours is the caller's to mind; a provider's is an outage to them. */
const isOwnLimit = ({ class: name, reason }: Failure): boolean => name === 'rate_limited' && reason === 'too_many';

function waitHeaders(failure: Failure): Record<string, string> {
  const seconds = retryAfterSeconds(failure);
  if (!isOwnLimit(failure)) return { 'Retry-After': seconds };
  const { gate = '', limit = 0 } = failure.params;
  return { 'Retry-After': seconds, ...atOnceHeaders(String(gate), Number(limit), Number(seconds)) };
}

/** What the provider asked for, where it said so. */
function retryAfterSeconds({ params }: Failure): string {
  const ms = Number(params['retryAfterMs'] ?? 0);
  return String(Math.max(1, Math.ceil((Number.isFinite(ms) ? ms : 0) / 1_000)));
}

/** Says that no provider was asked. */
export function simulatedHeader({ simulated }: Pick<RunResult, 'simulated'>, headers: Record<string, string> = {}): Record<string, string> {
  return simulated ? { ...headers, 'Patchbay-Simulated': 'true' } : headers;
}
