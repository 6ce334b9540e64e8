import type { DurableRun, JournalEntry } from '@patchbay/db';
import { addUsage, noUsage } from '@patchbay/engine';
import type { Failure, RunResult } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import { outputsOf, stepsOf } from './run-journal.ts';

/** The end of a run in which nothing is executed any more: what its former attempts made and spent stands. */
export function endWithout(
  { now }: Pick<Deps, 'now'>,
  { run: { run }, entries }: { run: DurableRun; entries: readonly JournalEntry[] },
  status: RunResult['status'],
  error: Failure,
): RunResult {
  const steps = stepsOf(entries);
  const usage = noUsage();
  for (const step of steps) if (step.usage !== undefined) addUsage(usage, step.usage);
  return {
    status,
    outputs: outputsOf(entries),
    error,
    usage,
    simulated: steps.some((step) => step.simulated === true),
    durationMs: Math.max(0, now() - run.startedAt),
  };
}
