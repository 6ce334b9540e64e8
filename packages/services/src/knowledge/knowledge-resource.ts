import type { KnowledgeBaseListRow, KnowledgeBaseRow, KnowledgeDocumentRow } from '@patchbay/db';
import { addUsage, noUsage } from '@patchbay/engine';
import type { Failure, UsageTotal } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { failureResource } from '../runs/run-resource.ts';
import { notFound } from '../service-error.ts';
import type { DocumentStatus, KnowledgeBase, KnowledgeDetail, KnowledgeDocument } from './knowledge-resources.ts';

const iso = (time: number): string => new Date(time).toISOString();

export const baseResource = ({ id, name, embedding, documents, passages, createdAt }: KnowledgeBaseListRow): KnowledgeBase => ({
  id,
  name,
  embedding,
  documents,
  passages,
  createdAt: iso(createdAt),
});

/** It was read, and only its vectors are missing. */
export const isRetryable = ({ status, isRead, passages }: KnowledgeDocumentRow): boolean => status === 'failed' && isRead && passages > 0;

/** What the calls for its vectors took so far. Only this package writes the column. */
export const usageOfDocument = ({ usage }: Pick<KnowledgeDocumentRow, 'usage'>): UsageTotal =>
  usage === null ? noUsage() : (JSON.parse(usage) as UsageTotal);

export async function documentResource(
  { deps, locale }: Ctx,
  base: Pick<KnowledgeBaseRow, 'embedding'>,
  row: KnowledgeDocumentRow,
): Promise<KnowledgeDocument> {
  const { id, name, kind, size, passages, createdAt, workspaceId } = row;
  const failure = row.failure === null ? null : (JSON.parse(row.failure) as Failure);
  // Only this package writes the column.
  const status = row.status as DocumentStatus;
  // Counted only where it is not known: a base may hold thousands of documents.
  const isWhole = status === 'ready' && base.embedding !== null;
  const isPart = status === 'embedding' || isRetryable(row);
  return {
    id,
    name,
    kind,
    status,
    error: failure === null ? null : failureResource(failure, locale),
    retryable: isRetryable(row),
    size,
    passages,
    usage: usageOfDocument(row),
    embedded: isPart ? await deps.database.passages.countVectors(workspaceId, id) : isWhole ? passages : 0,
    createdAt: iso(createdAt),
  };
}

/** A base with its documents as they stand now. */
export async function knowledgeDetail(ctx: Ctx, id: string): Promise<KnowledgeDetail> {
  const base = await findBase(ctx, id);
  const rows = await ctx.deps.database.knowledge.listDocuments(ctx.workspaceId, id);
  const contents = await Promise.all(rows.map((row) => documentResource(ctx, base, row)));
  const passages = rows.reduce((sum, row) => sum + row.passages, 0);
  const usage = noUsage();
  for (const one of contents) addUsage(usage, one.usage);
  return { ...baseResource({ ...base, documents: rows.length, passages }), usage, contents };
}

/** The row, or the same refusal for an id that is foreign, deleted or made up. */
export async function findBase({ deps, workspaceId }: Ctx, id: string): Promise<KnowledgeBaseRow> {
  const row = await deps.database.knowledge.readBase(workspaceId, id);
  if (row === undefined) throw notFound('knowledge');
  return row;
}

/** A document of this base. */
export async function findDocument({ deps, workspaceId }: Ctx, baseId: string, id: string): Promise<KnowledgeDocumentRow> {
  const row = await deps.database.knowledge.readDocument(workspaceId, id);
  if (row === undefined || row.baseId !== baseId) throw notFound('document');
  return row;
}
