import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work goes on in the next turn of the event loop after so long. */
const sliceMs = 10;

/** Called between steps of long work: lets others have their turn when it has gone on for long enough. */
export function takeTurns(): () => Promise<void> {
  let until = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < until) return;
    await nextTurn();
    until = performance.now() + sliceMs;
  };
}
