import { and, desc, eq, getTableColumns, lt, notExists, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { createGroupCommit } from '../group-commit.ts';
import { runQueue, runs, unfinished } from '../tables.ts';

export type RunRow = typeof runs.$inferSelect;
export type RunListRow = Omit<RunRow, 'detail'>;

export interface RunsRepository {
  /** Stores a finished run. Settles when its transaction has ended; runs that end together share one. */
  record(workspaceId: string, row: Omit<RunRow, 'workspaceId'>): Promise<void>;
  read(workspaceId: string, id: string): Promise<RunRow | undefined>;
  /** Newest first; `before` is the last id of the page before. */
  list(workspaceId: string, page: { flowId?: string | undefined; before?: string | undefined; limit: number }): Promise<RunListRow[]>;
  /** Ends what a process that died left unfinished and nobody can go on with, in every workspace. Called once, at start. */
  interruptUnfinished(): Promise<number>;
  /** Resolves when nothing is left to write. */
  settled(): Promise<void>;
}

export function createRunsRepository(connection: Connection): RunsRepository {
  const { drizzle } = connection;
  const columns = getTableColumns(runs);
  // Only placeholders stand in it, one per column, so that it can be compiled once.
  const insert = connection.compile(drizzle.insert(runs).values(placeholders(Object.keys(columns)) as unknown as RunRow));
  const { detail: _detail, ...listColumns } = columns;
  const readById = drizzle
    .select()
    .from(runs)
    .where(and(eq(runs.workspaceId, sql.placeholder('workspaceId')), eq(runs.id, sql.placeholder('id'))))
    .prepare();
  const records = createGroupCommit<Readonly<Record<string, unknown>>>(connection, insert);

  return {
    record: (workspaceId, row) => records.add({ ...row, workspaceId }),
    read: (workspaceId, id) => attempt(() => readById.get({ workspaceId, id })),
    list: (workspaceId, { flowId, before, limit }) =>
      attempt(() => {
        const where = and(
          eq(runs.workspaceId, workspaceId),
          flowId === undefined ? undefined : eq(runs.flowId, flowId),
          before === undefined ? undefined : lt(runs.id, before),
        );
        return drizzle.select(listColumns).from(runs).where(where).orderBy(desc(runs.id)).limit(limit).all();
      }),
    interruptUnfinished: () =>
      attempt(() => {
        const queued = drizzle
          .select({ id: runQueue.runId })
          .from(runQueue)
          .where(and(eq(runQueue.workspaceId, runs.workspaceId), eq(runQueue.runId, runs.id)));
        return drizzle
          .update(runs)
          .set({ status: 'interrupted' })
          .where(and(unfinished(runs.status), notExists(queued)))
          .run().changes;
      }),
    settled: () => records.settled(),
  };
}

const placeholders = (names: string[]) => Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
