import type { Json } from '@patchbay/flow';
import type { Failure, RunEvent, RunResult, SkipReason } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import type { PreparedRun } from './prepare-run.ts';

/** The end of a step as the engine told it; kept as it came, so that recording it costs one push. */
export type StepRecord = Extract<RunEvent, { type: 'step-end' }>;

/** What a run's row holds beside its columns. */
export interface RunRecord {
  inputs: Record<string, Json>;
  outputs: Record<string, Json>;
  error?: Failure | undefined;
  empty?: true | undefined;
  reason?: SkipReason | undefined;
  steps: StepRecord[];
}

export interface EndedRun {
  prepared: PreparedRun;
  startedAt: number;
  result: RunResult;
  steps: StepRecord[];
}

/** Writes the run with its steps as one row. Settles when it is committed: only then may the caller have the answer. */
export function recordRun({ database }: Pick<Deps, 'database'>, { prepared, startedAt, result, steps }: EndedRun): Promise<void> {
  const { target } = prepared;
  const detail: RunRecord = {
    inputs: prepared.inputs,
    outputs: result.outputs,
    error: result.error,
    empty: result.empty === true ? true : undefined,
    reason: result.reason,
    steps,
  };
  return database.runs.record(target.workspaceId, {
    id: prepared.id,
    flowId: target.flowId,
    flowName: target.flowName,
    version: target.version,
    source: prepared.source,
    status: result.status,
    startedAt,
    durationMs: Math.round(result.durationMs),
    simulated: result.simulated,
    usage: JSON.stringify(result.usage),
    detail: JSON.stringify(detail),
  });
}
