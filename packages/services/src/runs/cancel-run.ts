import { type Ctx, requireScope } from '../context.ts';
import { notFound, ServiceError } from '../service-error.ts';

/** Stops a run of this workspace that is under way. One that has ended is a conflict, an unknown one is not found. */
export async function cancelRun({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { liveRuns, database } = ctx.deps;
  const live = liveRuns.get(input.id);
  if (live?.workspaceId === ctx.workspaceId) return live.cancel('asked');
  const row = await database.runs.read(ctx.workspaceId, input.id);
  if (row === undefined) throw notFound('run');
  throw new ServiceError('conflict', 'run_ended');
}
