import { type Ctx, requireScope } from '../context.ts';
import { stepsOf } from '../dispatcher/run-journal.ts';
import type { RunDetail } from '../resources.ts';
import { notFound } from '../service-error.ts';
import { readDetail } from './record-run.ts';
import { runDetail } from './run-resource.ts';
import { openWaits } from './run-state.ts';

/** A stored run with its steps. */
export async function readRun({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RunDetail> {
  requireScope(ctx, 'read');
  const row = await ctx.deps.database.runs.read(ctx.workspaceId, input.id);
  if (row === undefined) throw notFound('run');
  const { journal } = ctx.deps.database;
  const steps = readDetail(row.detail).steps === undefined ? stepsOf(await journal.entries(ctx.workspaceId, row.id)) : [];
  const detail = runDetail(row, steps, ctx.locale);
  return row.status === 'waiting' ? { ...detail, waits: await openWaits(ctx, row) } : detail;
}
