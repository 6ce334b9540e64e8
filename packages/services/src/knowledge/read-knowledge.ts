import { type Ctx, requireScope } from '../context.ts';
import { knowledgeDetail } from './knowledge-resource.ts';
import type { KnowledgeDetail } from './knowledge-resources.ts';

/** One base with its documents. */
export async function readKnowledge({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<KnowledgeDetail> {
  requireScope(ctx, 'manage');
  return knowledgeDetail(ctx, input.id);
}
