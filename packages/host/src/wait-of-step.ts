import { StepError, type StepHandle, type WaitAnswer, type WaitRequest } from '@patchbay/node-kit';

/** Longest wait a timer takes, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/** Waiting in a run that nobody can put aside: a time passes here, a person has nowhere to answer. */
export function waitOfStep(step: StepHandle, request: WaitRequest, now: () => number): Promise<WaitAnswer> {
  if (request.kind === 'person') return Promise.reject(new StepError('invalid_input', 'wait_needs_server'));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ kind: 'time' }), Math.min(Math.max(0, request.until - now()), longestMs));
    step.signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new StepError('cancelled', 'asked'));
      },
      { once: true },
    );
  });
}
