import { type Ctx, requireScope } from '../context.ts';
import { findBase, findDocument } from './knowledge-resource.ts';

/** Deletes a base with all that was in it: document by document, so that a large one holds nobody up. */
export async function deleteKnowledge({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { knowledge } = ctx.deps.database;
  const { id } = await findBase(ctx, input.id);
  for (const document of await knowledge.listDocuments(ctx.workspaceId, id)) await erase(ctx, document.id);
  await knowledge.deleteBase(ctx.workspaceId, id);
  ctx.deps.indexer.tidy();
}

/** Deletes a document: its passages, their words in the index, and their vectors. */
export async function deleteDocument({ ctx, input }: { ctx: Ctx; input: { base: string; id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { id } = await findDocument(ctx, input.base, input.id);
  await erase(ctx, id);
  ctx.deps.indexer.tidy();
}

async function erase({ deps, workspaceId }: Ctx, id: string): Promise<void> {
  await deps.database.passages.clear(workspaceId, id);
  await deps.database.knowledge.deleteDocument(workspaceId, id);
}
