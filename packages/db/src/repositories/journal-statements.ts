import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Connection } from '../connection.ts';
import { runJournal, runQueue, runs, startKeys, unfinished } from '../tables.ts';

const given = (name: string): SQL<never> => sql<never>`${sql.placeholder(name)}`;
const allGiven = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, given(name)]));
const excluded = (column: 'record' | 'event' | 'attempt'): SQL =>
  column === 'record' ? sql`excluded.record` : column === 'event' ? sql`excluded.event` : sql`excluded.attempt`;

/** What every durable run writes, compiled once: drizzle takes longer to write a statement out than SQLite to execute it. */
export function journalStatements({ drizzle, compile, compileLook }: Connection) {
  const queued = and(
    eq(runQueue.workspaceId, given('workspaceId')),
    eq(runQueue.runId, given('runId')),
    eq(runQueue.attempt, given('attempt')),
  );
  const mine = and(eq(startKeys.workspaceId, given('workspaceId')), eq(startKeys.route, given('route')), eq(startKeys.key, given('key')));
  const ofRun = and(eq(runJournal.workspaceId, given('workspaceId')), eq(runJournal.runId, given('runId')));
  const ends = allGiven(['status', 'durationMs', 'simulated', 'usage', 'detail']);
  return {
    isCurrent: compileLook(drizzle.select({ attempt: runQueue.attempt }).from(runQueue).where(queued)),
    insertRun: compile(drizzle.insert(runs).values(insertOf<typeof runs.$inferInsert>(runColumns))),
    insertQueued: compile(drizzle.insert(runQueue).values(insertOf<typeof runQueue.$inferInsert>(queueColumns))),
    /** The latest beginning gets its end; an end never changes, and a second beginning is none. */
    add: compile(
      drizzle
        .insert(runJournal)
        .values(insertOf<typeof runJournal.$inferInsert>(journalColumns))
        .onConflictDoUpdate({
          target: [runJournal.workspaceId, runJournal.runId, runJournal.kind, runJournal.scope, runJournal.name],
          set: { record: excluded('record'), event: excluded('event'), attempt: excluded('attempt') },
          setWhere: sql`${runJournal.record} is null and excluded.record is not null`,
        }),
    ),
    forgetEnds: compile(drizzle.delete(runJournal).where(and(ofRun, sql`${runJournal.record} is not null`))),
    /** The attempt's end, once. */
    endQueued: compile(
      drizzle
        .update(runQueue)
        .set({ endEvent: given('endEvent'), wakeAt: null })
        .where(and(queued, isNull(runQueue.endEvent))),
    ),
    endRun: compile(
      drizzle
        .update(runs)
        .set(ends)
        .where(and(eq(runs.workspaceId, given('workspaceId')), eq(runs.id, given('runId')), unfinished(runs.status))),
    ),
    /** `[runId, bodyHash, createdAt]` of a caller's key. */
    readKey: compileLook(
      drizzle.select({ runId: startKeys.runId, bodyHash: startKeys.bodyHash, createdAt: startKeys.createdAt }).from(startKeys).where(mine),
    ),
    forgetKey: compile(drizzle.delete(startKeys).where(mine)),
    insertKey: compile(drizzle.insert(startKeys).values(insertOf<typeof startKeys.$inferInsert>(keyColumns))),
  };
}
export type JournalStatements = ReturnType<typeof journalStatements>;

const runColumns = [
  'workspaceId',
  'id',
  'flowId',
  'flowName',
  'version',
  'source',
  'status',
  'startedAt',
  'durationMs',
  'simulated',
  'usage',
  'detail',
] as const;
const queueColumns = ['workspaceId', 'runId', 'attempt', 'document', 'locale', 'keyId', 'manages'] as const;
const journalColumns = ['workspaceId', 'runId', 'kind', 'scope', 'name', 'attempt', 'event', 'record'] as const;
const keyColumns = ['workspaceId', 'route', 'key', 'bodyHash', 'runId', 'createdAt'] as const;

/** A placeholder for each column: drizzle takes SQL in the place of any value, which its type cannot say of a list. */
const insertOf = <Row>(columns: readonly (keyof Row & string)[]): Row => allGiven(columns) as unknown as Row;
