import { type Ctx, requireScope } from '../context.ts';
import type { RunDetail } from '../resources.ts';
import { notFound } from '../service-error.ts';
import { runDetail } from './run-resource.ts';

/** A stored run with its steps. */
export async function readRun({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RunDetail> {
  requireScope(ctx, 'read');
  const row = await ctx.deps.database.runs.read(ctx.workspaceId, input.id);
  if (row === undefined) throw notFound('run');
  return runDetail(row, ctx.locale);
}
