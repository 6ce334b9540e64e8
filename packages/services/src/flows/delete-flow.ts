import { type Ctx, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';

/** Deletes a flow with its versions; its endpoint is gone at once. Runs stay until their own time is over. */
export async function deleteFlow({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const deleted = await ctx.deps.database.flows.delete(ctx.workspaceId, input.id);
  ctx.deps.endpoints.clear();
  if (!deleted) throw notFound('flow');
}
