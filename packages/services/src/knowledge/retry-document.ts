import { type Ctx, requireScope } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import { documentResource, findBase, findDocument, isRetryable } from './knowledge-resource.ts';
import type { KnowledgeDocument } from './knowledge-resources.ts';

/** Asks again for the vectors of a document whose model failed. */
export async function retryDocument({ ctx, input }: { ctx: Ctx; input: { base: string; id: string } }): Promise<KnowledgeDocument> {
  requireScope(ctx, 'manage');
  const { database, indexer } = ctx.deps;
  const base = await findBase(ctx, input.base);
  const row = await findDocument(ctx, base.id, input.id);
  const { id } = row;
  if (!isRetryable(row)) throw new ServiceError('conflict', 'document_not_retryable');
  await database.knowledge.changeDocument(ctx.workspaceId, id, { status: 'embedding', failure: null });
  indexer.wake();
  return documentResource(ctx, base, await findDocument(ctx, base.id, id));
}
