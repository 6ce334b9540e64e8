import { type Ctx, requireScope } from '../context.ts';
import { baseResource, knowledgeDetail } from './knowledge-resource.ts';
import type { KnowledgeDetail, KnowledgeList } from './knowledge-resources.ts';

/** The knowledge bases of the workspace, by name. */
export async function listKnowledge({ ctx }: { ctx: Ctx }): Promise<KnowledgeList> {
  requireScope(ctx, 'manage');
  return { bases: (await ctx.deps.database.knowledge.listBases(ctx.workspaceId)).map(baseResource) };
}

/** One base with its documents. */
export async function readKnowledge({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<KnowledgeDetail> {
  requireScope(ctx, 'manage');
  return knowledgeDetail(ctx, input.id);
}
