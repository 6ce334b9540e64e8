import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { knowledgeBases, knowledgeDocuments, knowledgePassages, knowledgeVectors } from '../tables.ts';
import { bytesOfVector } from '../vectors.ts';

export interface NewPassage {
  position: number;
  headings: readonly string[];
  page: number | null;
  start: number;
  text: string;
  /** What it is found by: the words of its headings and of its text. Letters, digits and marks only. */
  words: { head: readonly string[]; body: readonly string[] };
}

export interface FoundPassage {
  id: number;
  baseId: string;
  documentId: string;
  document: string;
  position: number;
  headings: string[];
  page: number | null;
  start: number;
  text: string;
}

/** Passages of documents and the two ways to find them. */
export interface PassagesRepository {
  /** False where the document is gone. */
  add(workspaceId: string, documentId: string, passages: readonly NewPassage[]): Promise<boolean>;
  /** Deletes all passages of a document with their words and vectors, in slices. */
  clear(workspaceId: string, documentId: string): Promise<void>;
  /** Writes the full-text index anew without the words of what is deleted, in slices, until the signal says stop. */
  tidy(signal: AbortSignal): Promise<void>;
  /** Those without a vector, in order. */
  withoutVector(workspaceId: string, documentId: string, limit: number): Promise<Pick<FoundPassage, 'id' | 'headings' | 'text'>[]>;
  /** Keeps vectors as long as the base still has this model; false where it has another one or is gone. */
  keepVectors(workspaceId: string, baseId: string, model: string, vectors: readonly { id: number; vector: number[] }[]): Promise<boolean>;
  countVectors(workspaceId: string, documentId: string): Promise<number>;
  read(workspaceId: string, ids: readonly number[]): Promise<FoundPassage[]>;
  /** Passages with at least one of the words, the best by BM25 first. */
  findByWords(workspaceId: string, baseId: string, words: readonly string[], limit: number): Promise<number[]>;
  /** In how many passages of the base each word stands. */
  countWords(workspaceId: string, baseId: string, words: readonly string[]): Promise<Map<string, number>>;
  /** How like the vector the next passages after `after` are, at most `limit` of them: -1 to 1. Only vectors of its length count. */
  compareVectors(
    workspaceId: string,
    baseId: string,
    vector: readonly number[],
    part: { after: number; limit: number },
  ): Promise<{ id: number; likeness: number }[]>;
}

/** Passages deleted in one turn of the event loop. */
const clearedAtOnce = 20;
/** Pages of the index that are merged in one go: after each of those slices, and where nothing else is done. */
const pagesWhileClearing = 4;
const pagesAtOnce = 16;

/** A word in a heading says more about a passage than one in its text. */
const headWeight = 2;

export function createPassagesRepository(connection: Connection): PassagesRepository {
  return { ...storing(connection), ...finding(connection) };
}

function storing({ drizzle, transaction }: Connection) {
  const ofDocument = (workspaceId: string, documentId: string) =>
    and(eq(knowledgePassages.workspaceId, workspaceId), eq(knowledgePassages.documentId, documentId));
  const methods = {
    add: (workspaceId, documentId, passages) =>
      attempt(() => {
        let added = false;
        transaction(() => {
          const mark = markOfDocument(drizzle, workspaceId, documentId);
          if (mark === undefined) return;
          added = true;
          for (const { words, headings, ...row } of passages) {
            const [made] = drizzle
              .insert(knowledgePassages)
              .values({ ...row, headings: JSON.stringify(headings), workspaceId, documentId })
              .returning({ id: knowledgePassages.id })
              .all();
            const [head, body] = [marked(mark, words.head).join(' '), marked(mark, words.body).join(' ')];
            drizzle.run(sql`insert into knowledge_words (rowid, head, body) values (${made?.id}, ${head}, ${body})`);
          }
        });
        return added;
      }),
    async clear(workspaceId, documentId) {
      const some = drizzle
        .select({ id: knowledgePassages.id })
        .from(knowledgePassages)
        .where(ofDocument(workspaceId, documentId))
        .limit(clearedAtOnce);
      for (;;) {
        const deleted = await attempt(() => {
          let changes = 0;
          transaction(() => {
            changes = drizzle.delete(knowledgePassages).where(inArray(knowledgePassages.id, some)).run().changes;
            // A little of the index at a time, so that no single step has to take away all of it.
            drizzle.run(sql`insert into knowledge_words (knowledge_words, rank) values ('merge', ${pagesWhileClearing})`);
          });
          return changes;
        });
        if (deleted === 0) return;
        await nextTurn();
      }
    },
    async tidy(signal) {
      // A negative number begins a merge of everything; after that it goes on as long as anything changes.
      for (let pages = -pagesAtOnce; !signal.aborted; pages = pagesAtOnce) {
        const before = changesSoFar(drizzle);
        await attempt(() => drizzle.run(sql`insert into knowledge_words (knowledge_words, rank) values ('merge', ${pages})`));
        if (changesSoFar(drizzle) - before < 2) return;
        await nextTurn();
      }
    },
    withoutVector: (workspaceId, documentId, limit) =>
      attempt(() =>
        drizzle
          .select({ id: knowledgePassages.id, headings: knowledgePassages.headings, text: knowledgePassages.text })
          .from(knowledgePassages)
          .leftJoin(knowledgeVectors, eq(knowledgeVectors.passageId, knowledgePassages.id))
          .where(and(ofDocument(workspaceId, documentId), isNull(knowledgeVectors.passageId)))
          .orderBy(asc(knowledgePassages.position))
          .limit(limit)
          .all()
          .map((row) => ({ ...row, headings: headingsOf(row.headings) })),
      ),
    keepVectors: (workspaceId, baseId, model, vectors) =>
      attempt(() => {
        let kept = false;
        transaction(() => {
          const base = drizzle
            .select({ embedding: knowledgeBases.embedding })
            .from(knowledgeBases)
            .where(and(eq(knowledgeBases.workspaceId, workspaceId), eq(knowledgeBases.id, baseId)))
            .get();
          if (base?.embedding !== model) return;
          kept = true;
          for (const { id, vector } of vectors) {
            // A passage that was deleted meanwhile needs none.
            const passage = and(eq(knowledgePassages.workspaceId, workspaceId), eq(knowledgePassages.id, id));
            if (drizzle.select({ id: knowledgePassages.id }).from(knowledgePassages).where(passage).get() === undefined) continue;
            const row = { passageId: id, workspaceId, baseId, vector: bytesOfVector(vector) };
            drizzle.insert(knowledgeVectors).values(row).onConflictDoUpdate({ target: knowledgeVectors.passageId, set: row }).run();
          }
        });
        return kept;
      }),
    countVectors: (workspaceId, documentId) =>
      attempt(
        () =>
          drizzle
            .select({ vectors: sql<number>`count(*)` })
            .from(knowledgeVectors)
            .innerJoin(knowledgePassages, eq(knowledgeVectors.passageId, knowledgePassages.id))
            .where(ofDocument(workspaceId, documentId))
            .get()?.vectors ?? 0,
      ),
  } satisfies Partial<PassagesRepository>;
  return methods;
}

function finding({ drizzle }: Connection) {
  const methods = {
    read: (workspaceId, ids) =>
      attempt(() =>
        drizzle
          .select({
            id: knowledgePassages.id,
            baseId: knowledgeDocuments.baseId,
            documentId: knowledgeDocuments.id,
            document: knowledgeDocuments.name,
            position: knowledgePassages.position,
            headings: knowledgePassages.headings,
            page: knowledgePassages.page,
            start: knowledgePassages.start,
            text: knowledgePassages.text,
          })
          .from(knowledgePassages)
          .innerJoin(knowledgeDocuments, eq(knowledgeDocuments.id, knowledgePassages.documentId))
          .where(and(eq(knowledgePassages.workspaceId, workspaceId), inArray(knowledgePassages.id, [...ids])))
          .all()
          .map((row) => ({ ...row, headings: headingsOf(row.headings) })),
      ),
    findByWords: (workspaceId, baseId, words, limit) =>
      attempt(() => {
        const mark = markOfBase(drizzle, workspaceId, baseId);
        if (mark === undefined || words.length === 0) return [];
        const query = marked(mark, words)
          .map((word) => `"${word}"`)
          .join(' OR ');
        return drizzle
          .all<{ id: number }>(
            sql`select rowid as id from knowledge_words where knowledge_words match ${query} order by bm25(knowledge_words, ${headWeight}, 1.0), rowid limit ${limit}`,
          )
          .map(({ id }) => id);
      }),
    countWords: (workspaceId, baseId, words) =>
      attempt(() => {
        const mark = markOfBase(drizzle, workspaceId, baseId);
        if (mark === undefined) return new Map<string, number>();
        return new Map(
          words.map((word) => {
            const term = marked(mark, [word])[0];
            return [word, drizzle.get<{ doc: number } | undefined>(sql`select doc from knowledge_terms where term = ${term}`)?.doc ?? 0];
          }),
        );
      }),
    compareVectors: (workspaceId, baseId, vector, { after, limit }) =>
      attempt(() => {
        const bytes = bytesOfVector(vector);
        const fits = sql`length(${knowledgeVectors.vector}) = ${bytes.length}`;
        const likeness = sql<number | null>`case when ${fits} then 1 - vec_distance_cosine(${knowledgeVectors.vector}, ${bytes}) end`;
        return drizzle
          .select({ id: knowledgeVectors.passageId, likeness })
          .from(knowledgeVectors)
          .where(
            and(eq(knowledgeVectors.baseId, baseId), eq(knowledgeVectors.workspaceId, workspaceId), gt(knowledgeVectors.passageId, after)),
          )
          .orderBy(asc(knowledgeVectors.passageId))
          .limit(limit)
          .all()
          .map(({ id, likeness: found }) => ({ id, likeness: found ?? -1 }));
      }),
  } satisfies Partial<PassagesRepository>;
  return methods;
}

/** A word as the index of all bases has it. Words of one base stand together, so its mark costs next to nothing there. */
const marked = (mark: number, words: readonly string[]): string[] => words.map((word) => `${mark}x${word}`);

/** Rows this connection has changed since it was opened. */
const changesSoFar = (drizzle: Connection['drizzle']): number =>
  drizzle.get<{ changes: number }>(sql`select total_changes() as changes`).changes;

const headingsOf = (json: string): string[] => JSON.parse(json) as string[];

function markOfBase(drizzle: Connection['drizzle'], workspaceId: string, baseId: string): number | undefined {
  const mine = and(eq(knowledgeBases.workspaceId, workspaceId), eq(knowledgeBases.id, baseId));
  return drizzle.select({ mark: knowledgeBases.mark }).from(knowledgeBases).where(mine).get()?.mark;
}

function markOfDocument(drizzle: Connection['drizzle'], workspaceId: string, documentId: string): number | undefined {
  const mine = and(eq(knowledgeDocuments.workspaceId, workspaceId), eq(knowledgeDocuments.id, documentId));
  return drizzle
    .select({ mark: knowledgeBases.mark })
    .from(knowledgeDocuments)
    .innerJoin(knowledgeBases, eq(knowledgeBases.id, knowledgeDocuments.baseId))
    .where(mine)
    .get()?.mark;
}
