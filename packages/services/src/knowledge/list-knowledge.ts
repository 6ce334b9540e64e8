import { type Ctx, requireScope } from '../context.ts';
import { baseResource } from './knowledge-resource.ts';
import type { KnowledgeList } from './knowledge-resources.ts';

/** The knowledge bases of the workspace, by name. */
export async function listKnowledge({ ctx }: { ctx: Ctx }): Promise<KnowledgeList> {
  requireScope(ctx, 'manage');
  return { bases: (await ctx.deps.database.knowledge.listBases(ctx.workspaceId)).map(baseResource) };
}
