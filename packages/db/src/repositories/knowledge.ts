import { and, count, eq, getTableColumns, gt, inArray, isNull, max, min, sql, sum } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { knowledgeBases, knowledgeDocuments, knowledgeVectors } from '../tables.ts';

export type KnowledgeBaseRow = typeof knowledgeBases.$inferSelect;
export type KnowledgeBaseListRow = KnowledgeBaseRow & { documents: number; passages: number };
/** `isRead`: nothing more comes of its file; without passages it could not be read. */
export type KnowledgeDocumentRow = Omit<typeof knowledgeDocuments.$inferSelect, 'source'> & { isRead: boolean };
export type NewKnowledgeDocument = Pick<KnowledgeDocumentRow, 'id' | 'baseId' | 'name' | 'kind' | 'createdAt'> & { source: Buffer };
type DocumentChange = Partial<Pick<KnowledgeDocumentRow, 'status' | 'failure' | 'passages' | 'usage'>> & { source?: null };

/** Knowledge bases and their documents. */
export interface KnowledgeRepository {
  createBase(workspaceId: string, row: Pick<KnowledgeBaseRow, 'id' | 'name' | 'embedding' | 'createdAt'>): Promise<void>;
  /** By name. */
  listBases(workspaceId: string): Promise<KnowledgeBaseListRow[]>;
  readBase(workspaceId: string, id: string): Promise<KnowledgeBaseRow | undefined>;
  renameBase(workspaceId: string, id: string, name: string): Promise<boolean>;
  /** Another model: its vectors go, and every document that was read waits for new ones, or is ready where there is no model. */
  setEmbedding(workspaceId: string, id: string, embedding: string | null): Promise<boolean>;
  /** With its documents, passages, words and vectors; large documents are better cleared before. */
  deleteBase(workspaceId: string, id: string): Promise<boolean>;

  /** False where the base is gone. */
  addDocument(workspaceId: string, row: NewKnowledgeDocument): Promise<boolean>;
  /** Newest first. */
  listDocuments(workspaceId: string, baseId: string): Promise<KnowledgeDocumentRow[]>;
  readDocument(workspaceId: string, id: string): Promise<KnowledgeDocumentRow | undefined>;
  /** The file; null once it has been read. */
  readSource(workspaceId: string, id: string): Promise<Buffer | null>;
  /** Its passages are all there: forgets the file, and waits for vectors where the base has a model. */
  finishReading(workspaceId: string, id: string): Promise<void>;
  /** Its vectors are all there: it is ready, if its base still has this model; null where it needs none. */
  finishEmbedding(workspaceId: string, id: string, model: string | null): Promise<void>;
  changeDocument(workspaceId: string, id: string, change: DocumentChange): Promise<boolean>;
  /** With its passages, words and vectors; a large one is better cleared before. */
  deleteDocument(workspaceId: string, id: string): Promise<boolean>;
  /** Per workspace the oldest document on which there is work. */
  nextDocuments(): Promise<Pick<KnowledgeDocumentRow, 'workspaceId' | 'id'>[]>;
}

/** What there is still to do on. */
const unfinished = ['waiting', 'reading', 'embedding'];

const { source: _source, ...columns } = getTableColumns(knowledgeDocuments);
const shown = { ...columns, isRead: sql<boolean>`${knowledgeDocuments.source} is null`.mapWith(Boolean) };

export function createKnowledgeRepository(connection: Connection): KnowledgeRepository {
  return { ...baseMethods(connection), ...documentMethods(connection) };
}

function baseMethods({ drizzle, transaction }: Connection) {
  const mine = (workspaceId: string, id: string) => and(eq(knowledgeBases.workspaceId, workspaceId), eq(knowledgeBases.id, id));
  const methods = {
    createBase: (workspaceId, row) =>
      attempt(() =>
        transaction(() => {
          const last = drizzle
            .select({ mark: max(knowledgeBases.mark) })
            .from(knowledgeBases)
            .get();
          drizzle
            .insert(knowledgeBases)
            .values({ ...row, workspaceId, mark: (last?.mark ?? 0) + 1 })
            .run();
        }),
      ),
    listBases: (workspaceId) =>
      attempt(() => {
        const bases = drizzle.select().from(knowledgeBases).where(eq(knowledgeBases.workspaceId, workspaceId)).all();
        const counts = drizzle
          .select({ baseId: knowledgeDocuments.baseId, documents: count(), passages: sum(knowledgeDocuments.passages).mapWith(Number) })
          .from(knowledgeDocuments)
          .where(eq(knowledgeDocuments.workspaceId, workspaceId))
          .groupBy(knowledgeDocuments.baseId)
          .all();
        const byBase = new Map(counts.map(({ baseId, ...figures }) => [baseId, figures]));
        return bases
          .map((base) => ({ ...base, ...(byBase.get(base.id) ?? { documents: 0, passages: 0 }) }))
          .sort((a, b) => a.name.localeCompare(b.name));
      }),
    readBase: (workspaceId, id) => attempt(() => drizzle.select().from(knowledgeBases).where(mine(workspaceId, id)).get()),
    renameBase: (workspaceId, id, name) =>
      attempt(() => drizzle.update(knowledgeBases).set({ name }).where(mine(workspaceId, id)).run().changes === 1),
    setEmbedding: (workspaceId, id, embedding) =>
      attempt(() => {
        let found = false;
        transaction(() => {
          found = drizzle.update(knowledgeBases).set({ embedding }).where(mine(workspaceId, id)).run().changes === 1;
          const read = and(
            eq(knowledgeDocuments.workspaceId, workspaceId),
            eq(knowledgeDocuments.baseId, id),
            sql`${knowledgeDocuments.source} is null`,
            gt(knowledgeDocuments.passages, 0),
          );
          drizzle
            .delete(knowledgeVectors)
            .where(and(eq(knowledgeVectors.workspaceId, workspaceId), eq(knowledgeVectors.baseId, id)))
            .run();
          drizzle
            .update(knowledgeDocuments)
            .set({ status: embedding === null ? 'ready' : 'embedding', failure: null })
            .where(read)
            .run();
        });
        return found;
      }),
    deleteBase: (workspaceId, id) =>
      attempt(() => {
        let found = false;
        transaction(() => {
          found = drizzle.delete(knowledgeBases).where(mine(workspaceId, id)).run().changes === 1;
        });
        return found;
      }),
  } satisfies Partial<KnowledgeRepository>;
  return methods;
}

function documentMethods({ drizzle, transaction }: Connection) {
  const mine = (workspaceId: string, id: string) => and(eq(knowledgeDocuments.workspaceId, workspaceId), eq(knowledgeDocuments.id, id));
  const methods = {
    addDocument: (workspaceId, row) =>
      attempt(() => {
        let added = false;
        transaction(() => {
          const base = and(eq(knowledgeBases.workspaceId, workspaceId), eq(knowledgeBases.id, row.baseId));
          if (drizzle.select({ id: knowledgeBases.id }).from(knowledgeBases).where(base).get() === undefined) return;
          drizzle
            .insert(knowledgeDocuments)
            .values({ ...row, workspaceId, status: 'waiting', size: row.source.length, passages: 0 })
            .run();
          added = true;
        });
        return added;
      }),
    listDocuments: (workspaceId, baseId) =>
      attempt(() =>
        drizzle
          .select(shown)
          .from(knowledgeDocuments)
          .where(and(eq(knowledgeDocuments.workspaceId, workspaceId), eq(knowledgeDocuments.baseId, baseId)))
          .orderBy(sql`${knowledgeDocuments.id} desc`)
          .all(),
      ),
    readDocument: (workspaceId, id) => attempt(() => drizzle.select(shown).from(knowledgeDocuments).where(mine(workspaceId, id)).get()),
    readSource: (workspaceId, id) =>
      attempt(
        () =>
          drizzle.select({ source: knowledgeDocuments.source }).from(knowledgeDocuments).where(mine(workspaceId, id)).get()?.source ?? null,
      ),
    finishReading: (workspaceId, id) =>
      attempt(() => {
        const embedding = sql`(select ${knowledgeBases.embedding} from ${knowledgeBases} where ${knowledgeBases.id} = ${knowledgeDocuments.baseId})`;
        drizzle
          .update(knowledgeDocuments)
          .set({ source: null, status: sql`case when ${embedding} is null then 'ready' else 'embedding' end` })
          .where(mine(workspaceId, id))
          .run();
      }),
    finishEmbedding: (workspaceId, id, model) =>
      attempt(() => {
        const still = model === null ? isNull(knowledgeBases.embedding) : eq(knowledgeBases.embedding, model);
        const bases = drizzle.select({ id: knowledgeBases.id }).from(knowledgeBases).where(still);
        drizzle
          .update(knowledgeDocuments)
          .set({ status: 'ready' })
          .where(and(mine(workspaceId, id), inArray(knowledgeDocuments.baseId, bases)))
          .run();
      }),
    changeDocument: (workspaceId, id, change) =>
      attempt(() => drizzle.update(knowledgeDocuments).set(change).where(mine(workspaceId, id)).run().changes === 1),
    deleteDocument: (workspaceId, id) => attempt(() => drizzle.delete(knowledgeDocuments).where(mine(workspaceId, id)).run().changes === 1),
    nextDocuments: () =>
      attempt(() =>
        drizzle
          .select({ workspaceId: knowledgeDocuments.workspaceId, id: min(knowledgeDocuments.id).mapWith(String) })
          .from(knowledgeDocuments)
          .where(inArray(knowledgeDocuments.status, unfinished))
          .groupBy(knowledgeDocuments.workspaceId)
          .all()
          .map(({ workspaceId, id }) => ({ workspaceId, id: String(id) })),
      ),
  } satisfies Partial<KnowledgeRepository>;
  return methods;
}
