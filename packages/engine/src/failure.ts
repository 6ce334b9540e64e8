import type { ErrorClass, Failure } from '@patchbay/node-kit';

/** Whether a later try may pass. Written per class, so that a new class is a type error here. */
const retryable: Record<ErrorClass, boolean> = {
  auth: false,
  rate_limited: true,
  timeout: true,
  invalid_input: false,
  content_filtered: false,
  context_too_long: false,
  provider_unavailable: true,
  bad_output: true,
  budget_exceeded: false,
  cancelled: false,
  internal: false,
};

export const isRetryable = (failure: Failure): boolean => retryable[failure.class];

/** Another model may do what this one could not; it cannot mend a wrong input or an empty purse. */
export const mayUseOtherModel = ({ class: name }: Failure): boolean =>
  name !== 'invalid_input' && name !== 'budget_exceeded' && name !== 'cancelled';

const isErrorClass = (name: unknown): name is ErrorClass => typeof name === 'string' && Object.hasOwn(retryable, name);

const read = (value: object, key: string): unknown => (key in value ? (value as Record<string, unknown>)[key] : undefined);

/** A thrown value as a failure, by its shape. What has not our shape says nothing of itself: its message may hold data. */
export function toFailure(thrown: unknown, node: string): Failure {
  if (!isKnown(thrown)) return { class: 'internal', reason: 'unexpected', params: {}, node };
  const reason = read(thrown, 'reason');
  const params = plainParams(read(thrown, 'params'));
  const wait = retryAfter(thrown);
  // What the provider asked is told on to our caller.
  if (wait > 0) params['retryAfterMs'] = wait;
  const place = read(thrown, 'node');
  return {
    class: thrown.errorClass,
    reason: typeof reason === 'string' ? reason : 'unknown',
    params,
    // Thrown on from inside a container, a failure keeps its own place.
    node: typeof place === 'string' ? place : node,
  };
}

/** True for errors that carry a class of ours. */
export const isKnown = (thrown: unknown): thrown is { errorClass: ErrorClass } =>
  typeof thrown === 'object' && thrown !== null && isErrorClass(read(thrown, 'errorClass'));

/** What the provider asked us to wait, in milliseconds; 0 where it said nothing. */
export function retryAfter(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null) return 0;
  const ms = read(thrown, 'retryAfterMs');
  return typeof ms === 'number' && ms > 0 && Number.isFinite(ms) ? ms : 0;
}

function plainParams(params: unknown): Failure['params'] {
  const plain: Failure['params'] = {};
  if (typeof params !== 'object' || params === null) return plain;
  for (const [key, value] of Object.entries(params)) {
    if (typeof value === 'string' || typeof value === 'number') plain[key] = value;
  }
  return plain;
}

/** What the log may hold of an unexpected error: its name and its place, never its whole text. */
export function logFields(thrown: unknown): Record<string, string> {
  if (!(thrown instanceof Error)) return { thrown: typeof thrown };
  const place = thrown.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return { name: thrown.name, message: thrown.message.slice(0, 200), place: place?.trim() ?? '' };
}
