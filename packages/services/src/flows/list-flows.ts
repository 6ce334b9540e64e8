import type { RunStatus } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';
import type { FlowList } from '../resources.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** All flows of the workspace, last changed first. */
export async function listFlows({ ctx }: { ctx: Ctx }): Promise<FlowList> {
  requireScope(ctx, 'manage');
  const rows = await ctx.deps.database.flows.list(ctx.workspaceId, ctx.deps.now() - dayMs);
  const flows = rows.map(({ id, slug, name, nodeCount, publishedVersion, lastRun, apiRuns, updatedAt }) => ({
    id,
    slug,
    name,
    nodeCount,
    publishedVersion,
    lastRun:
      lastRun === null
        ? null
        : {
            id: lastRun.id,
            // Only this package writes the column.
            status: lastRun.status as RunStatus,
            at: new Date(lastRun.startedAt).toISOString(),
            simulated: lastRun.simulated,
          },
    calls24h: apiRuns,
    updatedAt: new Date(updatedAt).toISOString(),
  }));
  return { flows };
}
