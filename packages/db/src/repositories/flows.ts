import { and, count, desc, eq, getTableColumns, gte, like, or, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection, Drizzle } from '../connection.ts';
import { firstIdAt } from '../ids.ts';
import { flows, runs } from '../tables.ts';

export type FlowRow = typeof flows.$inferSelect;

/** A flow without its document, with what its runs say. */
export interface FlowListRow extends Omit<FlowRow, 'document' | 'etag'> {
  lastRun: { id: string; status: string; startedAt: number; simulated: boolean } | null;
  /** Calls of the endpoint since the asked time. */
  apiRuns: number;
}
export type Draft = Pick<FlowRow, 'document' | 'etag' | 'name' | 'nodeCount' | 'updatedAt'>;

export interface FlowsRepository {
  /** Rejects with StorageError `conflict` where the slug is taken. */
  create(workspaceId: string, row: Omit<FlowRow, 'workspaceId'>): Promise<void>;
  read(workspaceId: string, id: string): Promise<FlowRow | undefined>;
  /** Newest change first, with calls counted since `since`. */
  list(workspaceId: string, since: number): Promise<FlowListRow[]>;
  /** Saves only over the draft that has `etag`; false where it has changed meanwhile or is gone. */
  save(workspaceId: string, id: string, etag: string, draft: Draft): Promise<boolean>;
  delete(workspaceId: string, id: string): Promise<boolean>;
  /** Which of `base`, `base-2`, … are taken, in any workspace: slugs are unique per installation. */
  takenSlugs(base: string): Promise<string[]>;
}

const owned = (workspaceId: string, id: string) => and(eq(flows.workspaceId, workspaceId), eq(flows.id, id));

export function createFlowsRepository({ drizzle }: Connection): FlowsRepository {
  const readById = drizzle
    .select()
    .from(flows)
    .where(and(eq(flows.workspaceId, sql.placeholder('workspaceId')), eq(flows.id, sql.placeholder('id'))))
    .prepare();
  const { document: _document, etag: _etag, ...columns } = getTableColumns(flows);
  const runsOf = prepareRunsOf(drizzle);

  return {
    create: (workspaceId, row) =>
      attempt(
        () =>
          void drizzle
            .insert(flows)
            .values({ ...row, workspaceId })
            .run(),
      ),
    read: (workspaceId, id) => attempt(() => readById.get({ workspaceId, id })),
    list: (workspaceId, since) =>
      attempt(() => {
        const mine = eq(flows.workspaceId, workspaceId);
        const rows = drizzle.select(columns).from(flows).where(mine).orderBy(desc(flows.updatedAt), desc(flows.id)).all();
        return rows.map((row) => ({ ...row, ...runsOf(workspaceId, row.id, since) }));
      }),
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
    takenSlugs: (base) =>
      attempt(() => {
        const same = or(eq(flows.slug, base), like(flows.slug, `${base}-%`));
        return drizzle
          .select({ slug: flows.slug })
          .from(flows)
          .where(same)
          .all()
          .map((row) => row.slug);
      }),
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
