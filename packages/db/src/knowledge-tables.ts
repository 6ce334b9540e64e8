import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Columns } from './columns/sqlite.ts';

/**
 * Knowledge bases, their documents and the passages these are cut into. What finds passages by their words is a full-text
 * index beside these tables, written in the migration; what finds them by meaning is one vector a passage.
 */
export function createKnowledgeTables(c: Columns, workspaces: { id: AnySQLiteColumn }) {
  const owner = () => c.id().references(() => workspaces.id, { onDelete: 'cascade' });

  const knowledgeBases = c.table(
    'knowledge_bases',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      /** Stands before each of its words in the full-text index, so that bases never share one. */
      mark: c.integer().notNull(),
      name: c.text().notNull(),
      /** `connection/model`; null where passages are found by their words alone. */
      embedding: c.text(),
      createdAt: c.time().notNull(),
    },
    (t) => [c.index('knowledge_bases_workspace').on(t.workspaceId), c.uniqueIndex('knowledge_bases_mark').on(t.mark)],
  );

  const knowledgeDocuments = c.table(
    'knowledge_documents',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      baseId: c.id().references(() => knowledgeBases.id, { onDelete: 'cascade' }),
      name: c.text().notNull(),
      kind: c.text().notNull(),
      /** `waiting`, `reading`, `embedding`, `ready` or `failed`. */
      status: c.text().notNull(),
      /** Why it failed: class, reason and parameters. */
      failure: c.json(),
      /** Bytes of the file it came in. */
      size: c.integer().notNull(),
      passages: c.integer().notNull(),
      /** What the calls for its vectors took, in all; null where there were none. */
      usage: c.json(),
      /** The file, until it is read. */
      source: c.bytes(),
      createdAt: c.time().notNull(),
    },
    (t) => [c.index('knowledge_documents_base').on(t.baseId), c.index('knowledge_documents_status').on(t.status)],
  );

  const knowledgePassages = c.table(
    'knowledge_passages',
    {
      id: c.integer().primaryKey(),
      workspaceId: owner(),
      documentId: c.id().references(() => knowledgeDocuments.id, { onDelete: 'cascade' }),
      /** Its place in the document, from 0. */
      position: c.integer().notNull(),
      /** The headings it stands under, outermost first. */
      headings: c.json().notNull(),
      /** From 1; null where the document has no pages. */
      page: c.integer(),
      /** Where it begins in the text of the document, in UTF-16 units. */
      start: c.integer().notNull(),
      text: c.text().notNull(),
    },
    (t) => [c.uniqueIndex('knowledge_passages_document').on(t.documentId, t.position)],
  );

  const knowledgeVectors = c.table(
    'knowledge_vectors',
    {
      passageId: c
        .integer()
        .primaryKey()
        .references(() => knowledgePassages.id, { onDelete: 'cascade' }),
      workspaceId: owner(),
      baseId: c.id(),
      /** Little-endian 32-bit floats, one after the other. */
      vector: c.bytes().notNull(),
    },
    (t) => [c.index('knowledge_vectors_base').on(t.baseId, t.passageId)],
  );

  return { knowledgeBases, knowledgeDocuments, knowledgePassages, knowledgeVectors };
}
