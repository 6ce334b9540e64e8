import { and, count, desc, eq, getTableColumns, gte, inArray, like, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection, Drizzle } from '../connection.ts';
import { firstIdAt } from '../ids.ts';
import { flowSlugs, flows, runs, versions } from '../tables.ts';

export type FlowRow = typeof flows.$inferSelect;

/** A flow without its document, with what its runs say. */
export interface FlowListRow extends Omit<FlowRow, 'document' | 'etag'> {
  lastRun: { id: string; status: string; startedAt: number; simulated: boolean } | null;
  /** Calls of the endpoint since the asked time. */
  apiRuns: number;
}
export type Draft = Pick<FlowRow, 'document' | 'etag' | 'name' | 'nodeCount' | 'updatedAt'>;

export interface FlowDocuments extends Pick<FlowRow, 'id' | 'name' | 'slug' | 'document'> {
  published: string | null;
}

export interface FlowsRepository {
  /** Rejects with StorageError `conflict` where the slug is taken. */
  create(workspaceId: string, row: Omit<FlowRow, 'workspaceId'>): Promise<void>;
  read(workspaceId: string, id: string): Promise<FlowRow | undefined>;
  /** Newest change first, with calls counted since `since`. */
  list(workspaceId: string, since: number): Promise<FlowListRow[]>;
  /** Every flow with the text of its draft and of its newest published version. */
  documents(workspaceId: string): Promise<FlowDocuments[]>;
  /** Saves only over the draft that has `etag`; false where it has changed meanwhile or is gone. */
  save(workspaceId: string, id: string, etag: string, draft: Draft): Promise<boolean>;
  delete(workspaceId: string, id: string): Promise<boolean>;
  /** The addresses that begin so and are taken, former ones included, in any workspace: they are unique per installation. */
  takenSlugs(start: string): Promise<string[]>;
  /** The flow an address leads to, whatever its workspace; a former address leads there too. */
  findBySlug(slug: string): Promise<Pick<FlowRow, 'workspaceId' | 'id'> | undefined>;
  /** Today's address of each of these flows that is in the workspace. */
  slugsOf(workspaceId: string, ids: readonly string[]): Promise<Pick<FlowRow, 'id' | 'slug'>[]>;
}

const owned = (workspaceId: string, id: string) => and(eq(flows.workspaceId, workspaceId), eq(flows.id, id));

export function createFlowsRepository({ drizzle, transaction }: Connection): FlowsRepository {
  const readById = drizzle
    .select()
    .from(flows)
    .where(and(eq(flows.workspaceId, sql.placeholder('workspaceId')), eq(flows.id, sql.placeholder('id'))))
    .prepare();
  const bySlug = drizzle
    .select({ workspaceId: flowSlugs.workspaceId, id: flowSlugs.flowId })
    .from(flowSlugs)
    .where(eq(flowSlugs.slug, sql.placeholder('slug')))
    .prepare();
  const { document: _document, etag: _etag, ...columns } = getTableColumns(flows);
  const runsOf = prepareRunsOf(drizzle);

  return {
    create: (workspaceId, row) =>
      attempt(() =>
        transaction(() => {
          drizzle
            .insert(flows)
            .values({ ...row, workspaceId })
            .run();
          drizzle.insert(flowSlugs).values({ workspaceId, slug: row.slug, flowId: row.id }).run();
        }),
      ),
    read: (workspaceId, id) => attempt(() => readById.get({ workspaceId, id })),
    list: (workspaceId, since) =>
      attempt(() => {
        const mine = eq(flows.workspaceId, workspaceId);
        const rows = drizzle.select(columns).from(flows).where(mine).orderBy(desc(flows.updatedAt), desc(flows.id)).all();
        return rows.map((row) => ({ ...row, ...runsOf(workspaceId, row.id, since) }));
      }),
    documents: (workspaceId) =>
      attempt(() =>
        drizzle
          .select({ id: flows.id, name: flows.name, slug: flows.slug, document: flows.document, published: versions.document })
          .from(flows)
          .leftJoin(versions, and(eq(versions.flowId, flows.id), eq(versions.version, flows.publishedVersion)))
          .where(eq(flows.workspaceId, workspaceId))
          .orderBy(desc(flows.updatedAt), desc(flows.id))
          .all(),
      ),
    save: (workspaceId, id, etag, draft) =>
      attempt(
        () =>
          drizzle
            .update(flows)
            .set(draft)
            .where(and(owned(workspaceId, id), eq(flows.etag, etag)))
            .run().changes === 1,
      ),
    delete: (workspaceId, id) => attempt(() => drizzle.delete(flows).where(owned(workspaceId, id)).run().changes === 1),
    takenSlugs: (start) =>
      attempt(() => {
        const rows = drizzle
          .select({ slug: flowSlugs.slug })
          .from(flowSlugs)
          .where(like(flowSlugs.slug, `${start}%`))
          .all();
        return rows.map((row) => row.slug);
      }),
    findBySlug: (slug) => attempt(() => bySlug.get({ slug })),
    slugsOf: (workspaceId, ids) =>
      attempt(() =>
        drizzle
          .select({ id: flows.id, slug: flows.slug })
          .from(flows)
          .where(and(eq(flows.workspaceId, workspaceId), inArray(flows.id, [...ids])))
          .all(),
      ),
  };
}

/** Two small looks into one covering index per flow, instead of a grouping over all runs. */
function prepareRunsOf(drizzle: Drizzle) {
  const ofFlow = and(eq(runs.workspaceId, sql.placeholder('workspaceId')), eq(runs.flowId, sql.placeholder('flowId')));
  const last = drizzle
    .select({ id: runs.id, status: runs.status, startedAt: runs.startedAt, simulated: runs.simulated })
    .from(runs)
    .where(ofFlow)
    .orderBy(desc(runs.id))
    .limit(1)
    .prepare();
  const calls = drizzle
    .select({ count: count() })
    .from(runs)
    .where(and(ofFlow, eq(runs.source, 'api'), gte(runs.id, sql.placeholder('since'))))
    .prepare();
  return (workspaceId: string, flowId: string, since: number): Pick<FlowListRow, 'lastRun' | 'apiRuns'> => ({
    lastRun: last.get({ workspaceId, flowId }) ?? null,
    apiRuns: calls.get({ workspaceId, flowId, since: firstIdAt('run', since) })?.count ?? 0,
  });
}
