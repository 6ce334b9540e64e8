import { StepError } from '@patchbay/node-kit';

/** Lets so many in at once; others wait for their turn in the order they came. */
export interface Turns {
  /** Settles with what ends the turn. Rejects when the signal aborts first, or at once when too many wait. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createTurns(atOnce: number, most: number): Turns {
  const waiting: (() => void)[] = [];
  let inside = 0;

  function leave(): void {
    inside -= 1;
    waiting.shift()?.();
  }
  function begin(): () => void {
    inside += 1;
    let ended = false;
    return () => {
      if (!ended) leave();
      ended = true;
    };
  }

  return {
    enter: (signal) => {
      if (signal.aborted) return Promise.reject(new StepError('cancelled', 'asked'));
      if (inside < atOnce) return Promise.resolve(begin());
      if (waiting.length >= most) return Promise.reject(new StepError('rate_limited', 'code_busy'));
      return new Promise((resolve, reject) => {
        const turn = (): void => {
          signal.removeEventListener('abort', abort);
          resolve(begin());
        };
        const abort = (): void => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(new StepError('cancelled', 'asked'));
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.push(turn);
      });
    },
  };
}
