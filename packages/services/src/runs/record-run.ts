import type { Json } from '@patchbay/flow';
import type { Failure, RunEvent, RunResult, SkipReason } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import type { RunMaking } from '../reuse/run-making.ts';
import { withoutPins } from '../reuse/run-making.ts';
import { isLongText, nextTurn } from '../turns.ts';
import { type Hiding, hidingOfAll, maskRecord } from './mask-record.ts';
import type { PreparedRun } from './prepare-run.ts';
import { type Shareable, shareValues, unshareValues } from './share-values.ts';

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

/** The end of a step. `scope` is left out where it is the flow's own: rows are written for every call, so they are short. */
export interface StepRecord extends Omit<StepEnd, 'type' | 'scope'> {
  scope?: string;
}
/** The same before it is stored; what is undefined is not. */
export type KeptStep = { [Field in keyof StepRecord]: StepRecord[Field] | undefined };

/** What is kept of a step's end. Written out, not spread: this is the hot path. */
export const keepStep = (end: StepEnd): KeptStep => ({
  node: end.node,
  scope: end.scope === '' ? undefined : end.scope,
  status: end.status,
  atMs: end.atMs,
  durationMs: end.durationMs,
  reason: end.reason,
  error: end.error,
  usage: end.usage,
  model: end.model,
  simulated: end.simulated,
  cached: end.cached,
  outputs: end.outputs,
  handled: end.handled,
  recalled: end.recalled,
  origin: end.origin,
});

/** What a run's row holds beside its columns. */
export interface RunRecord {
  inputs: Record<string, Json>;
  outputs: Record<string, Json>;
  error?: Failure | undefined;
  empty?: true | undefined;
  reason?: SkipReason | undefined;
  /** Absent for a durable run: its journal holds them. */
  steps?: StepRecord[];
  /** Of a draft's run, or a replay. */
  making?: RunMaking | undefined;
  /** What the flow hides is hidden in it. */
  masked?: true | undefined;
}

/** As it is stored. */
type WrittenRecord = RunRecord & Parameters<typeof unshareValues>[0];

export interface EndedRun {
  prepared: PreparedRun;
  startedAt: number;
  result: RunResult;
  steps: KeptStep[];
}

export interface DetailParts {
  inputs: Record<string, Json>;
  result: Pick<RunRecord, 'outputs' | 'error' | 'reason'> & Pick<RunResult, 'empty'>;
  /** Absent for a durable run: its journal holds them. */
  steps?: KeptStep[];
  making?: RunMaking | undefined;
  masked?: true | undefined;
}

/** The column of a run's row that holds what is not a column. */
export const runDetailText = (parts: DetailParts): string => written(detailOf(parts));

/** The same without what its flow hides. */
function hiddenDetailText(parts: DetailParts, hiding: Hiding): string | Promise<string> {
  const masked = maskRecord({ ...detailOf(parts), masked: true, steps: parts.steps ?? [] }, hiding);
  return masked instanceof Promise ? masked.then(written) : written(masked);
}

const written = (detail: Shareable): string => JSON.stringify(shareValues(detail));

function detailOf({ inputs, result, steps, making, masked }: DetailParts) {
  const { outputs, error, reason } = result;
  return { inputs, outputs, error, empty: result.empty === true ? (true as const) : undefined, reason, making, masked, steps };
}

export const readDetail = (detail: string): RunRecord => unshareValues(JSON.parse(detail) as WrittenRecord);

/** Writes the run with its steps as one row. Settles when it is committed: only then may the caller have the answer. */
export function recordRun({ database }: Pick<Deps, 'database'>, { prepared, startedAt, result, steps }: EndedRun): Promise<void> {
  const { target, inputs, making, masked } = prepared;
  const parts = { inputs, result, steps, making: withoutPins(making), masked };
  const hiding = hidingOfAll(target.hiding, prepared.hidden);
  const store = (detail: string): Promise<void> => {
    const stored = database.runs.record(target.workspaceId, {
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
      detail,
    });
    // A large record fills the turn it is written in; the answer is as large.
    return isLongText(detail) ? stored.then(nextTurn) : stored;
  };
  const detail = hiding === undefined ? runDetailText(parts) : hiddenDetailText(parts, hiding);
  return detail instanceof Promise ? detail.then(store) : store(detail);
}
