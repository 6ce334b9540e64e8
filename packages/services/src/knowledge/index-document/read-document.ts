import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KnowledgeDocumentRow } from '@patchbay/db';
import { StepError } from '@patchbay/node-kit';
import type { Deps } from '../../deps.ts';
import { passageOf } from '../passages-of.ts';
import { type Chunk, chunksOf } from '../text/chunks.ts';
import { type DocumentKind, textOfFile } from '../text/text-of-file.ts';

/** A document has at most so many passages: about four books. */
export const mostPassages = 5_000;
/** Work goes on in the next turn of the event loop after so long, or so many passages. */
const sliceMs = 10;
const sliceSize = 50;

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
  const document = await textOfFile(kind as DocumentKind, source);
  let count = 0;
  for (const slice of slicesOf(chunksOf(document))) {
    if (signal.aborted) return;
    const rows = slice.map((chunk, index) => passageOf(name, chunk, count + index));
    count += rows.length;
    if (count > mostPassages) throw new StepError('invalid_input', 'document_too_long', { limit: mostPassages });
    if (!(await passages.add(workspaceId, id, rows))) return;
    await knowledge.changeDocument(workspaceId, id, { passages: count });
    await nextTurn();
  }
  await knowledge.finishReading(workspaceId, id);
}

function* slicesOf(chunks: Iterable<Chunk>): Generator<Chunk[]> {
  let slice: Chunk[] = [];
  let until = performance.now() + sliceMs;
  for (const chunk of chunks) {
    slice.push(chunk);
    if (slice.length < sliceSize && performance.now() < until) continue;
    yield slice;
    slice = [];
    until = performance.now() + sliceMs;
  }
  if (slice.length > 0) yield slice;
}
