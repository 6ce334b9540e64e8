import { type Ctx, manages, requireScope } from '../context.ts';
import type { ModelList } from '../resources.ts';

/** What a model field offers: `auto` and the models of every connection. */
export async function listModels({ ctx }: { ctx: Ctx }): Promise<ModelList> {
  requireScope(ctx, 'read');
  return { models: await ctx.deps.host.models(ctx.workspaceId, manages(ctx.actor)) };
}
