import { type RunEvent, StepError } from '@patchbay/node-kit';
import type { LimitSettings } from './limit-settings.ts';

/** Ends a run that takes too long or does too much, by a signal whose reason is the failure. */
export interface RunWatch {
  signal: AbortSignal;
  /** Told every event of the run. */
  see(event: RunEvent): void;
  end(): void;
}

/** Watches from now on. The signal may be aborted for other reasons too, by whoever made it. */
export function watchRun(
  { runSeconds, runSteps }: Pick<LimitSettings, 'runSeconds' | 'runSteps'>,
  abort = new AbortController(),
): RunWatch {
  let steps = 0;
  const fail = (error: StepError): void => abort.abort(error);
  const timer = setTimeout(() => fail(new StepError('timeout', 'run_too_long', { limit: runSeconds })), runSeconds * 1_000);
  timer.unref();
  return {
    signal: abort.signal,
    see: (event) => {
      // At a step's end nothing of it is under way, so the run can end in the same turn.
      if (event.type !== 'step-end' || event.status === 'skipped') return;
      steps += 1;
      if (steps > runSteps) fail(new StepError('budget_exceeded', 'run_too_many_steps', { limit: runSteps }));
    },
    end: () => clearTimeout(timer),
  };
}
