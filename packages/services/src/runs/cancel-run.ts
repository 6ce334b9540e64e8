import { type Ctx, requireScope } from '../context.ts';
import { notFound, ServiceError } from '../service-error.ts';
import { findCallersRun, isCallers } from './find-run.ts';

/**
 * Stops a run that has not ended, for who may call its flow: one under way, one that stands in the queue, one that
 * waits. One that has ended is a conflict, an unknown one is not found.
 */
export async function cancelRun({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'run');
  const { liveRuns, dispatcher } = ctx.deps;
  const { workspaceId } = ctx;
  const live = liveRuns.get(input.id);
  if (live !== undefined) {
    if (live.workspaceId !== workspaceId || !isCallers(ctx, live)) throw notFound('run');
    return live.cancel('asked');
  }
  await findCallersRun(ctx, input.id);
  if (!(await dispatcher.cancel({ workspaceId, runId: input.id }, 'asked'))) throw new ServiceError('conflict', 'run_ended');
}
