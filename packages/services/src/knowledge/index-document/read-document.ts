import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KnowledgeDocumentRow, NewPassage } from '@patchbay/db';
import { StepError } from '@patchbay/node-kit';
import type { Deps } from '../../deps.ts';
import { passageOf } from '../passages-of.ts';
import { type Chunk, chunksOf } from '../text/chunks.ts';
import { type DocumentKind, textOfFile } from '../text/text-of-file.ts';

/** A document has at most so many passages: about four books. */
export const mostPassages = 5_000;
/** What is stored in one go: so many passages, or as many as are cut in so long. */
const sliceSize = 10;
const sliceMs = 10;

/** Cuts a document into passages and stores them, in slices. One that was begun before begins anew. */
export async function readDocument(
  { database: { knowledge, passages } }: Deps,
  { workspaceId, id, name, kind }: KnowledgeDocumentRow,
  signal: AbortSignal,
): Promise<void> {
  await knowledge.changeDocument(workspaceId, id, { status: 'reading', passages: 0 });
  await passages.clear(workspaceId, id);
  const source = await knowledge.readSource(workspaceId, id);
  if (source === null) return;
  // Only this package writes the column.
  const document = await textOfFile(kind as DocumentKind, source, signal);
  let count = 0;
  for (const rows of slicesOf(name, chunksOf(document))) {
    if (signal.aborted) return;
    count += rows.length;
    if (count > mostPassages) throw new StepError('invalid_input', 'document_too_long', { limit: mostPassages });
    if (!(await passages.add(workspaceId, id, rows))) return;
    await knowledge.changeDocument(workspaceId, id, { passages: count });
    await nextTurn();
  }
  await knowledge.finishReading(workspaceId, id);
}

function* slicesOf(name: string, chunks: Iterable<Chunk>): Generator<NewPassage[]> {
  let slice: NewPassage[] = [];
  let position = 0;
  let until = performance.now() + sliceMs;
  for (const chunk of chunks) {
    slice.push(passageOf(name, chunk, position));
    position += 1;
    if (slice.length < sliceSize && performance.now() < until) continue;
    yield slice;
    slice = [];
    until = performance.now() + sliceMs;
  }
  if (slice.length > 0) yield slice;
}
