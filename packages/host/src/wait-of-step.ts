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

/** In a rehearsal a time has passed, and a person says yes: what has to be allowed is allowed. */
export async function rehearsingWait(_step: StepHandle, request: WaitRequest): Promise<WaitAnswer> {
  if (request.kind === 'time') return { kind: 'time' };
  const yes = request.fields.filter(({ type }) => type === 'boolean').map(({ id }) => [id, true]);
  return { kind: 'answered', values: Object.fromEntries(yes) };
}
