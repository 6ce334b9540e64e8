import { StorageError } from '@patchbay/db';
import { toFailure } from '@patchbay/engine';
import type { Deps } from '../../deps.ts';
import type { Place } from '../indexer.ts';

/** Writes into the document why it failed. Throws what the store itself failed by. */
export async function storeFailure({ database, onTrouble }: Deps, { workspaceId, id }: Place, error: unknown): Promise<void> {
  if (error instanceof StorageError) throw error;
  const { node: _node, ...failure } = toFailure(error, '');
  // What nobody foresaw has no sentence of its own: the log has to tell.
  if (failure.class === 'internal') onTrouble('knowledge', error);
  const failed = { status: 'failed', failure: JSON.stringify(failure) };
  const document = await database.knowledge.readDocument(workspaceId, id);
  if (document?.isRead !== false) return void (await database.knowledge.changeDocument(workspaceId, id, failed));
  // Half a document would be taken for a whole one.
  await database.passages.clear(workspaceId, id);
  await database.knowledge.changeDocument(workspaceId, id, { ...failed, passages: 0, source: null });
}
