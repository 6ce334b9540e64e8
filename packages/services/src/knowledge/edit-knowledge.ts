import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { demandEmbedding } from './demand-embedding.ts';
import type { editKnowledgeInput } from './input.ts';
import { findBase, knowledgeDetail } from './knowledge-resource.ts';
import type { KnowledgeDetail } from './knowledge-resources.ts';

type Input = { id: string } & z.output<typeof editKnowledgeInput>;

/** Renames a base, or gives it another model: its documents then get new vectors, and are found by their words meanwhile. */
export async function editKnowledge({ ctx, input }: { ctx: Ctx; input: Input }): Promise<KnowledgeDetail> {
  requireScope(ctx, 'manage');
  const { database, indexer } = ctx.deps;
  const base = await findBase(ctx, input.id);
  if (input.embedding !== undefined && input.embedding !== base.embedding) {
    await demandEmbedding(ctx, input.embedding);
    await database.knowledge.setEmbedding(ctx.workspaceId, base.id, input.embedding);
    indexer.wake();
  }
  if (input.name !== undefined) await database.knowledge.renameBase(ctx.workspaceId, base.id, input.name);
  return knowledgeDetail(ctx, base.id);
}
