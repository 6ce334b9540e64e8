import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { createGroupCommit } from '../group-commit.ts';
import { runJournal, runQueue, runs, startKeys, unfinished } from '../tables.ts';
import { fromRows } from './journal-rows.ts';
import { createJournalSlips } from './journal-slips.ts';
import { type JournalStatements, journalStatements } from './journal-statements.ts';
import type { AttemptKey, JournalRepository, KnownStart, NewDurableRun, UnfinishedRun } from './journal-types.ts';

const place = (workspaceId: string, runId: string) => and(eq(runQueue.workspaceId, workspaceId), eq(runQueue.runId, runId));
const runPlace = (workspaceId: string, runId: string) => and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId));

export function createJournalRepository(connection: Connection): JournalRepository {
  const { drizzle } = connection;
  const statements = journalStatements(connection);
  const reads = prepareReads(connection);
  const steps = createGroupCommit<() => void>(connection, (write) => write());
  const starts = createGroupCommit<() => void>(connection, (write) => write(), { toDisk: true });
  const slips = createJournalSlips(steps, statements);

  /** The work, in a transaction it shares with what else is written in this moment, if its attempt is the run's present one. */
  async function fenced({ workspaceId, runId, attempt: number }: AttemptKey, work: () => boolean): Promise<boolean> {
    let done = false;
    await steps.add(() => {
      done = statements.isCurrent({ workspaceId, runId, attempt: number }) !== undefined && work();
    });
    return done;
  }

  return {
    accept: async (workspaceId, start) => {
      let known: KnownStart;
      await (start.toDisk ? starts : steps).add(() => {
        known = claimKey(statements, workspaceId, start);
        if (known === undefined) insertRun(statements, workspaceId, start);
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
        const row = reads.one.get({ workspaceId, runId });
        if (row === undefined) return undefined;
        const { runId: _id, ...queue } = row.queue;
        return { ...queue, run: row.run };
      }),
    entries: (workspaceId, runId) => attempt(() => fromRows(reads.ofRun.all({ workspaceId, runId }))),
    begin: (of, { scope, node }) =>
      fenced(of, () => {
        statements.add({ ...of, kind: 'step', scope, name: node, event: null, record: null });
        return true;
      }),
    ...slips,
    requeue: (workspaceId, runId) => requeue(connection, workspaceId, runId),
    unfinished: () => attempt(() => listUnfinished(connection)),
    forgetKeys: (before) => attempt(() => drizzle.delete(startKeys).where(lt(startKeys.createdAt, before)).run().changes),
    settled: async () => {
      await starts.settled();
      await steps.settled();
    },
  };
}

function prepareReads({ drizzle }: Connection) {
  const workspaceId = sql.placeholder('workspaceId');
  const runId = sql.placeholder('runId');
  const { kind, scope, name, event, record } = runJournal;
  return {
    one: drizzle
      .select({ queue: runQueue, run: runs })
      .from(runQueue)
      .innerJoin(runs, and(eq(runs.workspaceId, runQueue.workspaceId), eq(runs.id, runQueue.runId)))
      .where(and(eq(runQueue.workspaceId, workspaceId), eq(runQueue.runId, runId)))
      .prepare(),
    ofRun: drizzle
      .select({ kind, scope, name, event, record })
      .from(runJournal)
      .where(and(eq(runJournal.workspaceId, workspaceId), eq(runJournal.runId, runId)))
      .prepare(),
  };
}

/** Claims the caller's key for this run, or says what it stands for already. */
function claimKey(statements: JournalStatements, workspaceId: string, { run, startKey }: NewDurableRun): KnownStart {
  if (startKey === undefined) return undefined;
  const { since, ...key } = startKey;
  const [runId, bodyHash, createdAt] = statements.readKey({ ...key, workspaceId }) ?? [];
  if (createdAt !== undefined && Number(createdAt) >= since) return { runId: String(runId), bodyHash: String(bodyHash) };
  if (createdAt !== undefined) statements.forgetKey({ ...key, workspaceId });
  statements.insertKey({ ...key, workspaceId, runId: run.id });
  return undefined;
}

function insertRun(statements: JournalStatements, workspaceId: string, { run, ...start }: NewDurableRun): void {
  statements.insertRun({ ...run, workspaceId });
  statements.insertQueued({ ...start, workspaceId, runId: run.id });
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
