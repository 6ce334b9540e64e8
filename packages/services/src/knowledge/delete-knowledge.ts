import { type Ctx, requireScope } from '../context.ts';
import { erase } from './delete-document.ts';
import { findBase } from './knowledge-resource.ts';

/** Deletes a base with all that was in it: document by document, so that a large one holds nobody up. */
export async function deleteKnowledge({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { knowledge } = ctx.deps.database;
  const { id } = await findBase(ctx, input.id);
  for (const document of await knowledge.listDocuments(ctx.workspaceId, id)) await erase(ctx, document.id);
  await knowledge.deleteBase(ctx.workspaceId, id);
  ctx.deps.indexer.tidy();
}
