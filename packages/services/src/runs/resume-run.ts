import { type Ctx, requireScope } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import { findCallersRun } from './find-run.ts';

/** Lets an interrupted run go on from what is known; the step it broke off in is executed again. */
export async function resumeRun({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'run');
  const { database, dispatcher } = ctx.deps;
  if (dispatcher.stopping) throw new ServiceError('unavailable', 'stopping');
  const { status } = await findCallersRun(ctx, input.id);
  if (!(await database.journal.requeue(ctx.workspaceId, input.id))) {
    throw new ServiceError('conflict', 'run_not_interrupted', { params: { status } });
  }
  dispatcher.start({ workspaceId: ctx.workspaceId, runId: input.id });
}
