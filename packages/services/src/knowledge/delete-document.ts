import { type Ctx, requireScope } from '../context.ts';
import { findDocument } from './knowledge-resource.ts';

/** Deletes a document: its passages, their words in the index, and their vectors. */
export async function deleteDocument({ ctx, input }: { ctx: Ctx; input: { base: string; id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { id } = await findDocument(ctx, input.base, input.id);
  await erase(ctx, id);
  ctx.deps.indexer.tidy();
}

/** Takes a document away in slices, with all that was made of it. */
export async function erase({ deps, workspaceId }: Ctx, id: string): Promise<void> {
  await deps.database.passages.clear(workspaceId, id);
  await deps.database.knowledge.deleteDocument(workspaceId, id);
}
