import { endRun } from './end-run.ts';
import { abortWork } from './end-step.ts';
import { type ActiveStep, elapsed, type RunState } from './run-state.ts';

/** A step waits for something that may take days: it has not ended, and nothing of it is under way. */
export function parkStep(run: RunState, active: ActiveStep): void {
  abortWork(active);
  active.parked = true;
  for (let at: RunState | undefined = run; at !== undefined; at = at.above?.run) at.parked = true;
}

/** Leaves the end of the run to the moment when nothing moves any more, although no step may be left. */
export function putOff(run: RunState): void {
  run.remaining += 1;
  run.parked = true;
}

/**
 * Puts the whole run aside when nothing moves any more but what waits: it ends with the status `waiting`, without a word.
 * Looked at in the next turn of the loop, since what has just ended may still start something.
 */
export function putAsideWhenStill(run: RunState): void {
  let top = run;
  while (top.above !== undefined) top = top.above.run;
  clearTimeout(top.look);
  top.look = setTimeout(() => {
    if (top.ended || !isStill(top)) return;
    if (top.knownOnly !== undefined) {
      endRun(top, top.knownOnly.status, top.knownOnly.error);
      return;
    }
    top.ended = true;
    top.finish({ status: 'waiting', outputs: top.results, usage: { ...top.usage }, simulated: top.simulated, durationMs: elapsed(top) });
  }, 0);
}

/** Between two turns of the loop nothing is left in the queue: what moves is a step. */
const isStill = (run: RunState): boolean => run.active.every(isStillStep);

/** An output node is at rest between its fields, a container while its turns are; every other step works or is parked. */
function isStillStep(active: ActiveStep | undefined): boolean {
  if (active === undefined || active.parked || active.step.kind === 'output') return true;
  return active.turns !== undefined && active.turns.size > 0 && [...active.turns].every(isStill);
}
