import type { StepResource } from '@patchbay/services/resources';
import { joinScope, noInner, turnsIn, withStep } from '../store/turns.ts';
import type { RunState, StepState } from '../store/types.ts';
import type { StepRow } from './step-table.tsx';

/** Steps in the order in which they began, those that have not begun last; after a container those of the turn that is shown. */
export const stepRows = (run: RunState): StepRow[] => rowsIn(run, '', run.steps);

function rowsIn(run: RunState, scope: string, steps: Readonly<Record<string, StepState>>, around: readonly string[] = []): StepRow[] {
  const rows = Object.entries(steps).map(([node, step]) => rowOf(node, step));
  return rows
    .toSorted((a, b) => (a.atMs ?? Number.POSITIVE_INFINITY) - (b.atMs ?? Number.POSITIVE_INFINITY) || 0)
    .flatMap((row) => {
      const turns = turnsIn(run, scope, row.node);
      const placed: StepRow = { ...row, key: joinScope(scope, row.node), depth: around.length, inside: around.at(-1), turns };
      if (turns === undefined) return [placed];
      return [placed, ...rowsIn(run, turns.scope, run.inner?.steps[turns.scope] ?? {}, [...around, row.node])];
    });
}

const rowOf = (node: string, step: StepState): StepRow => ({
  key: node,
  node,
  depth: 0,
  status: step.status,
  atMs: step.startedAtMs,
  durationMs: step.durationMs,
  usage: step.usage,
  model: step.model,
  simulated: step.simulated,
  reason: step.reason,
  message: step.error?.message,
  origin: step.origin,
});

/** A stored run's steps as those of a live one, so that one table shows both. */
export function runOfRecords(steps: readonly StepResource[]): RunState {
  const run: RunState = { phase: 'ended', steps: {}, outputs: {} };
  for (const { node, scope, atMs, reason, error, ...step } of steps) {
    const state = { ...step, text: {}, startedAtMs: atMs, ...(reason && { reason }), ...(error && { error }) } as StepState;
    if (scope === '') run.steps[node] = state;
    else run.inner = withStep(run.inner ?? noInner, scope, node, state);
  }
  return run;
}
