/** Decides which of the steps that wait goes on next, so that a test can try any order of completion. */
export interface Scheduler {
  /** What a fake node awaits before it goes on. */
  pause(): Promise<void>;
  /** Lets waiting steps go on one by one until the run has ended; false when it hangs. */
  drive(done: Promise<unknown>): Promise<boolean>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `choose` picks one of so many. */
export function createScheduler(choose: (count: number) => number): Scheduler {
  const waiting: (() => void)[] = [];
  return {
    pause: () => new Promise((resolve) => waiting.push(resolve)),
    async drive(done) {
      let ended = false;
      void done.then(() => {
        ended = true;
      });
      for (let idle = 0; !ended && idle < 3; ) {
        await turn();
        const next = waiting.splice(choose(waiting.length), 1)[0];
        if (next === undefined) idle += 1;
        else {
          idle = 0;
          next();
        }
      }
      return ended;
    },
  };
}

/** Nothing waits: what the reference runs with. */
export const noPause: Pick<Scheduler, 'pause'> = { pause: () => Promise.resolve() };
