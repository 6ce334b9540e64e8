import { type ErrorClass, StepError } from '@patchbay/node-kit';

/** The failure that a status of 400 and above stands for. */
export function statusFailure(status: number, host: string): StepError {
  return new StepError(classOf(status), 'http_status', { status, host });
}

function classOf(status: number): ErrorClass {
  if (status === 401 || status === 403) return 'auth';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'provider_unavailable' : 'invalid_input';
}
