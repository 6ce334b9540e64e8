import { newId } from '@patchbay/db';
import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import { demandEmbedding } from './demand-embedding.ts';
import type { createKnowledgeInput } from './input.ts';
import { knowledgeDetail } from './knowledge-resource.ts';
import type { KnowledgeDetail } from './knowledge-resources.ts';

export const mostBases = 200;

/** Makes an empty knowledge base. Its model is seen to work first; without one nothing is ever sent anywhere. */
export async function createKnowledge({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof createKnowledgeInput>;
}): Promise<KnowledgeDetail> {
  requireScope(ctx, 'manage');
  const { database, now } = ctx.deps;
  const { name, embedding = null } = input;
  const bases = await database.knowledge.listBases(ctx.workspaceId);
  if (bases.length >= mostBases) throw new ServiceError('conflict', 'knowledge_full', { params: { limit: mostBases } });
  await demandEmbedding(ctx, embedding);
  const id = newId('kb');
  await database.knowledge.createBase(ctx.workspaceId, { id, name, embedding, createdAt: now() });
  return knowledgeDetail(ctx, id);
}
