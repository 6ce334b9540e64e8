/** Every way a step or run can fail: the same list in events, HTTP, logs and on screen. */
export const errorClasses = [
  'auth',
  'rate_limited',
  'timeout',
  'invalid_input',
  'content_filtered',
  'context_too_long',
  'provider_unavailable',
  'bad_output',
  'budget_exceeded',
  'cancelled',
  'internal',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

/** Classes a later try may pass; the others fail the same way again. */
export const retryableClasses: readonly ErrorClass[] = ['rate_limited', 'timeout', 'provider_unavailable', 'bad_output'];

/** A failed call to a provider. `detail` is the provider's own message with secrets masked. */
export class ModelError extends Error {
  readonly errorClass: ErrorClass;
  /** A finer code than the class, the key of a sentence, for example `key_rejected`. */
  readonly reason: string;
  readonly params: Record<string, string | number>;
  /** What the provider asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    errorClass: ErrorClass,
    reason: string,
    params: Record<string, string | number> = {},
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(`${errorClass}: ${reason}`, { cause: options.cause });
    this.name = 'ModelError';
    this.errorClass = errorClass;
    this.reason = reason;
    this.params = params;
    this.retryAfterMs = options.retryAfterMs;
  }
}
