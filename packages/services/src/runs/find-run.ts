import type { RunRow } from '@patchbay/db';
import { type Ctx, hasScope, mayRun, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';

/**
 * A run its caller may see: of its workspace, of a flow its key may run, and started over the published API. All others
 * are not there. Test runs are for who may manage.
 */
export async function findCallersRun(ctx: Ctx, id: string): Promise<RunRow> {
  if (!hasScope(ctx.actor, 'run')) requireScope(ctx, 'read');
  const row = await ctx.deps.database.runs.read(ctx.workspaceId, id);
  if (row === undefined || !isCallers(ctx, row)) throw notFound('run');
  return row;
}

export const isCallers = ({ actor }: Ctx, { flowId, source }: { flowId: string; source: string }): boolean =>
  mayRun(actor, flowId) && (source === 'api' || hasScope(actor, 'manage'));
