import type { Failure, RunResult, SkipReason } from '@patchbay/node-kit';
import { abortWork, endStep, partialOutputs } from './end-step.ts';
import { portReason } from './gather.ts';
import { elapsed, type RunState } from './run-state.ts';

export type FinalStatus = 'succeeded' | 'failed' | 'cancelled';

/** Ends the run, once: stops what is under way, keeps partial texts, tells the end last. */
export function endRun(run: RunState, status: FinalStatus, error?: Failure): void {
  if (run.ended) return;
  run.ended = true;
  for (const active of run.active) {
    if (active === undefined) continue;
    abortWork(active);
    endStep(run, active, { status: 'cancelled', outputs: partialOutputs(active) });
  }
  for (const output of run.outputs) {
    if (!output.ended && output.text !== undefined) {
      run.emit?.({ type: 'output-end', output: output.plan.id, value: output.text.joined(), complete: false });
    }
  }
  const result: RunResult = { status, outputs: run.results, usage: { ...run.usage }, simulated: run.simulated, durationMs: elapsed(run) };
  if (error !== undefined) result.error = error;
  if (run.reused.length > 0) result.reused = run.reused;
  if (status === 'succeeded') addEmpty(run, result);
  run.emit?.({ type: 'run-end', ...result });
  run.finish(result);
}

/** A run whose outputs were all skipped succeeded, and says why there is nothing. */
function addEmpty(run: RunState, result: RunResult): void {
  if (run.outputs.length === 0 || Object.keys(run.results).length > 0) return;
  result.empty = true;
  const reason = firstReason(run);
  if (reason !== undefined) result.reason = reason;
}

function firstReason(run: RunState): SkipReason | undefined {
  for (const output of run.outputs) {
    for (const source of output.plan.sources) {
      const reason = source.step.dead ? ({ code: 'bypass', node: source.step.id } as const) : portReason(run, source);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}
