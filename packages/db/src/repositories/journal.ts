import { and, asc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { createGroupCommit } from '../group-commit.ts';
import { runJournal, runQueue, runs, startKeys, unfinished } from '../tables.ts';
import type { RunRow } from './runs.ts';

/** Who writes: an attempt of a run. What a former attempt still writes is refused. */
export interface AttemptKey {
  workspaceId: string;
  runId: string;
  attempt: number;
}

export interface DurableRun extends Omit<typeof runQueue.$inferSelect, 'runId'> {
  run: RunRow;
}
export type JournalEntry = Pick<typeof runJournal.$inferSelect, 'kind' | 'scope' | 'name' | 'event' | 'record'>;
export interface NewEntry {
  kind: 'step' | 'output';
  scope: string;
  name: string;
  /** Id of the event that tells it. */
  event: number;
  record: string;
}
export type UnfinishedRun = Pick<typeof runQueue.$inferSelect, 'workspaceId' | 'runId' | 'attempt' | 'wakeAt'> & { status: string };

/** A start to be kept. With a caller's key, the same key starts nothing a second time. */
export interface NewDurableRun {
  run: Omit<RunRow, 'workspaceId'>;
  document: string | null;
  locale: string;
  /** The API key that starts it; null for the owner. */
  keyId: string | null;
  /** Waits for the disk, so that the run is there even after a power cut: for callers that are told it is accepted. */
  toDisk: boolean;
  /** 1 where the caller executes it at once, else 0. */
  attempt: 0 | 1;
  startKey?:
    | { route: string; key: string; bodyHash: string; createdAt: number /** Older ones are forgotten. */; since: number }
    | undefined;
}
/** `undefined` where the run is accepted; else what the key has started before. */
export type KnownStart = { runId: string; bodyHash: string } | undefined;

export type RunEnd = Pick<RunRow, 'status' | 'durationMs' | 'simulated' | 'usage' | 'detail'> & { endEvent: number };

export interface JournalRepository {
  /** Stored when it settles. */
  accept(workspaceId: string, start: NewDurableRun): Promise<KnownStart>;
  /** Makes the run this process's: counts its attempt up and sets it running. False where another was faster or it has ended. */
  take(of: AttemptKey): Promise<boolean>;
  read(workspaceId: string, runId: string): Promise<DurableRun | undefined>;
  /** What has ended, in order, then what has only begun. */
  entries(workspaceId: string, runId: string): Promise<JournalEntry[]>;
  /** Notes that a step begins which must not run twice. False for a former attempt. */
  begin(of: AttemptKey, step: { scope: string; node: string }): Promise<boolean>;
  /** Notes an end. The first writer wins; false for a former attempt or a second end. */
  add(of: AttemptKey, entry: NewEntry): Promise<boolean>;
  /**
   * The run's end with what ended only because it did, once; `masked` are entries to be kept without what the flow
   * hides. False for a former attempt or an ended run.
   */
  finish(of: AttemptKey, end: RunEnd, entries?: readonly NewEntry[], masked?: readonly JournalEntry[]): Promise<boolean>;
  /** Puts an interrupted run back into the queue, forgetting the beginnings of steps that did not end. False where it is not interrupted. */
  requeue(workspaceId: string, runId: string): Promise<boolean>;
  /** Durable runs that have not ended, in every workspace, in order of acceptance. */
  unfinished(): Promise<UnfinishedRun[]>;
  /** Forgets callers' keys from before that time, in every workspace. */
  forgetKeys(before: number): Promise<number>;
  settled(): Promise<void>;
}

const place = (workspaceId: string, runId: string) => and(eq(runQueue.workspaceId, workspaceId), eq(runQueue.runId, runId));
const entryPlace = ({ workspaceId, runId }: AttemptKey) => and(eq(runJournal.workspaceId, workspaceId), eq(runJournal.runId, runId));
const runPlace = (workspaceId: string, runId: string) => and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId));

export function createJournalRepository(connection: Connection): JournalRepository {
  const { drizzle } = connection;
  const statements = prepareStatements(connection);
  const { isCurrent, add, ofRun } = statements;
  const steps = createGroupCommit<() => void>(connection, (write) => write());
  const starts = createGroupCommit<() => void>(connection, (write) => write(), { toDisk: true });

  /** The work, in a transaction it shares with what else is written in this moment, if its attempt is the run's present one. */
  async function fenced({ workspaceId, runId, attempt: number }: AttemptKey, work: () => boolean): Promise<boolean> {
    let done = false;
    await steps.add(() => {
      done = isCurrent.get({ workspaceId, runId, attempt: number }) !== undefined && work();
    });
    return done;
  }

  return {
    accept: async (workspaceId, start) => {
      let known: KnownStart;
      await (start.toDisk ? starts : steps).add(() => {
        known = claimKey(connection, workspaceId, start);
        if (known === undefined) insertRun(connection, workspaceId, start);
      });
      return known;
    },
    take: (of) => {
      const { workspaceId, runId } = of;
      return fenced({ ...of, attempt: of.attempt - 1 }, () => {
        const open = and(runPlace(workspaceId, runId), unfinished(runs.status));
        if (drizzle.update(runs).set({ status: 'running' }).where(open).run().changes !== 1) return false;
        drizzle.update(runQueue).set({ attempt: of.attempt, wakeAt: null }).where(place(workspaceId, runId)).run();
        return true;
      });
    },
    read: (workspaceId, runId) =>
      attempt(() => {
        const row = statements.read.get({ workspaceId, runId });
        if (row === undefined) return undefined;
        const { runId: _id, ...queue } = row.queue;
        return { ...queue, run: row.run };
      }),
    entries: (workspaceId, runId) => attempt(() => ofRun.all({ workspaceId, runId })),
    begin: ({ workspaceId, runId, attempt: number }, { scope, node }) =>
      fenced({ workspaceId, runId, attempt: number }, () => {
        add({ workspaceId, runId, kind: 'step', scope, name: node, attempt: number, event: null, record: null });
        return true;
      }),
    add: (of, entry) => fenced(of, () => add({ ...of, ...entry }) === 1),
    finish: (of, { endEvent, ...end }, entries = [], masked = []) =>
      fenced(of, () => {
        const open = and(runPlace(of.workspaceId, of.runId), unfinished(runs.status));
        if (drizzle.update(runs).set(end).where(open).run().changes !== 1) return false;
        drizzle.update(runQueue).set({ endEvent, wakeAt: null }).where(place(of.workspaceId, of.runId)).run();
        for (const entry of entries) add({ ...of, ...entry });
        for (const { kind, scope, name, record } of masked) {
          const it = and(eq(runJournal.kind, kind), eq(runJournal.scope, scope), eq(runJournal.name, name));
          drizzle
            .update(runJournal)
            .set({ record })
            .where(and(entryPlace(of), it))
            .run();
        }
        return true;
      }),
    requeue: (workspaceId, runId) => requeue(connection, workspaceId, runId),
    unfinished: () => attempt(() => listUnfinished(connection)),
    forgetKeys: (before) => attempt(() => drizzle.delete(startKeys).where(lt(startKeys.createdAt, before)).run().changes),
    settled: async () => {
      await starts.settled();
      await steps.settled();
    },
  };
}

function prepareStatements({ drizzle, compile }: Connection) {
  const here = place(sql.placeholder('workspaceId') as unknown as string, sql.placeholder('runId') as unknown as string);
  const names = ['workspaceId', 'runId', 'kind', 'scope', 'name', 'attempt', 'event', 'record'];
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as typeof runJournal.$inferInsert;
  return {
    isCurrent: drizzle
      .select({ attempt: runQueue.attempt })
      .from(runQueue)
      .where(and(here, eq(runQueue.attempt, sql.placeholder('attempt'))))
      .prepare(),
    /** A beginning may get its end; an end never changes, and a second beginning is none. */
    add: compile(
      drizzle
        .insert(runJournal)
        .values(values)
        .onConflictDoUpdate({
          target: [runJournal.workspaceId, runJournal.runId, runJournal.kind, runJournal.scope, runJournal.name],
          set: { record: excluded('record'), event: excluded('event'), attempt: excluded('attempt') },
          setWhere: sql`${runJournal.record} is null and excluded.record is not null`,
        }),
    ),
    read: drizzle
      .select({ queue: runQueue, run: runs })
      .from(runQueue)
      .innerJoin(runs, and(eq(runs.workspaceId, runQueue.workspaceId), eq(runs.id, runQueue.runId)))
      .where(here)
      .prepare(),
    ofRun: drizzle
      .select({
        kind: runJournal.kind,
        scope: runJournal.scope,
        name: runJournal.name,
        event: runJournal.event,
        record: runJournal.record,
      })
      .from(runJournal)
      .where(and(eq(runJournal.workspaceId, sql.placeholder('workspaceId')), eq(runJournal.runId, sql.placeholder('runId'))))
      .orderBy(sql`${runJournal.event} is null`, asc(runJournal.event))
      .prepare(),
  };
}

const excluded = (column: 'record' | 'event' | 'attempt'): SQL =>
  column === 'record' ? sql`excluded.record` : column === 'event' ? sql`excluded.event` : sql`excluded.attempt`;

/** Claims the caller's key for this run, or says what it stands for already. */
function claimKey({ drizzle }: Connection, workspaceId: string, { run, startKey }: NewDurableRun): KnownStart {
  if (startKey === undefined) return undefined;
  const { since, ...key } = startKey;
  const mine = and(eq(startKeys.workspaceId, workspaceId), eq(startKeys.route, key.route), eq(startKeys.key, key.key));
  const found = drizzle.select().from(startKeys).where(mine).get();
  if (found !== undefined && found.createdAt >= since) return { runId: found.runId, bodyHash: found.bodyHash };
  if (found !== undefined) drizzle.delete(startKeys).where(mine).run();
  drizzle
    .insert(startKeys)
    .values({ ...key, workspaceId, runId: run.id })
    .run();
  return undefined;
}

function insertRun({ drizzle }: Connection, workspaceId: string, { run, document, locale, keyId, attempt: number }: NewDurableRun): void {
  drizzle
    .insert(runs)
    .values({ ...run, workspaceId })
    .run();
  drizzle.insert(runQueue).values({ workspaceId, runId: run.id, attempt: number, document, locale, keyId }).run();
}

function requeue({ drizzle, transaction }: Connection, workspaceId: string, runId: string): Promise<boolean> {
  return attempt(() => {
    let done = false;
    transaction(() => {
      const interrupted = and(
        runPlace(workspaceId, runId),
        eq(runs.status, 'interrupted'),
        inArray(runs.id, drizzle.select({ id: runQueue.runId }).from(runQueue).where(place(workspaceId, runId))),
      );
      done = drizzle.update(runs).set({ status: 'queued' }).where(interrupted).run().changes === 1;
      if (!done) return;
      drizzle.update(runQueue).set({ endEvent: null }).where(place(workspaceId, runId)).run();
      const begun = and(eq(runJournal.workspaceId, workspaceId), eq(runJournal.runId, runId), sql`${runJournal.record} is null`);
      drizzle.delete(runJournal).where(begun).run();
    });
    return done;
  });
}

const listUnfinished = ({ drizzle }: Connection): UnfinishedRun[] =>
  drizzle
    .select({
      workspaceId: runQueue.workspaceId,
      runId: runQueue.runId,
      attempt: runQueue.attempt,
      wakeAt: runQueue.wakeAt,
      status: runs.status,
    })
    .from(runs)
    .innerJoin(runQueue, and(eq(runQueue.workspaceId, runs.workspaceId), eq(runQueue.runId, runs.id)))
    .where(unfinished(runs.status))
    .orderBy(asc(runs.id))
    .all();
