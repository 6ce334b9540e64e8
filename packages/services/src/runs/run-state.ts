import type { RunRow } from '@patchbay/db';
import type { RunResult, RunStatus, UsageTotal } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { outputsOf } from '../dispatcher/run-journal.ts';
import { waitResource } from '../dispatcher/waits.ts';
import type { RunState, WaitResource } from '../resources.ts';
import { findCallersRun } from './find-run.ts';
import { readDetail } from './record-run.ts';
import { failureResource, runResource } from './run-resource.ts';
import { isUnfinished } from './run-status.ts';

/** What a stored run has come to; of one that has not ended, so far. */
export function resultOfRow(row: RunRow, now: number): RunResult {
  const { outputs, empty, reason, ...detail } = readDetail(row.detail);
  // One that goes on after it broke off has its former failure in its row until it ends.
  const error = isUnfinished(row.status) ? undefined : detail.error;
  const result: RunResult = {
    status: row.status as RunStatus,
    outputs,
    usage: JSON.parse(row.usage) as UsageTotal,
    simulated: row.simulated,
    durationMs: isUnfinished(row.status) ? Math.max(0, now - row.startedAt) : row.durationMs,
  };
  if (error !== undefined) result.error = error;
  if (empty === true) result.empty = true;
  if (reason !== undefined) result.reason = reason;
  return result;
}

/** How a run stands, for who may call its flow. */
export async function readRunState({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RunState> {
  const row = await findCallersRun(ctx, input.id);
  const state = stateOfRow(ctx, row);
  if (!isUnfinished(row.status)) return state;
  const { journal } = ctx.deps.database;
  // What is there already, while the rest is made or waited for.
  const outputs = outputsOf(await journal.entries(row.workspaceId, row.id));
  if (row.status !== 'waiting') return { ...state, outputs };
  return { ...state, outputs, waits: await openWaits(ctx, row) };
}

/** What a waiting run has no answer to yet. */
export async function openWaits({ deps }: Pick<Ctx, 'deps'>, { workspaceId, id }: RunRow): Promise<WaitResource[]> {
  const waits = await deps.database.waits.list(workspaceId, id);
  return waits.filter(({ answer }) => answer === null).map(waitResource);
}

function stateOfRow({ deps, locale }: Ctx, row: RunRow): RunState {
  const result = resultOfRow(row, deps.now());
  return {
    ...runResource(row.id, result, locale),
    startedAt: new Date(row.startedAt).toISOString(),
    ...(result.error === undefined ? {} : { error: failureResource(result.error, locale) }),
  };
}
