import { endRun } from './end-run.ts';
import { toFailure } from './failure.ts';
import { type ActiveStep, mayStart, type RunState } from './run-state.ts';

/** Notes that a step begins which must not run twice; it is executed when the note is safe. Asked once a step, by its scope and node. */
export type Before = (scope: string, node: string) => Promise<void> | undefined;

type Attempt = (run: RunState, active: ActiveStep, number: number) => void;

/** Executes a step, at once where nothing has to be noted before. Where the note cannot be made the run fails: nothing was done yet. */
export function holdStep(run: RunState, active: ActiveStep, attempt: Attempt): void {
  // Told that it begins, a listener may have asked for the end.
  if (!mayStart(run)) return;
  const { step } = active;
  const noted = step.repeatable ? undefined : run.before?.(run.scope, step.id);
  if (noted === undefined) {
    attempt(run, active, 1);
    return;
  }
  noted.then(
    () => {
      if (!mayStart(run) || run.active[step.index] !== active) return;
      attempt(run, active, 1);
    },
    (thrown: unknown) => endRun(run, 'failed', toFailure(thrown, step.id)),
  );
}
