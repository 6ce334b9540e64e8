import { and, asc, eq, isNull, lte, min } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { runQueue, runs, runWaits, unfinished } from '../tables.ts';
import type { AttemptKey, UnfinishedRun } from './journal-types.ts';

export type WaitRow = typeof runWaits.$inferSelect;
export type NewWait = Pick<WaitRow, 'id' | 'scope' | 'node' | 'ask' | 'until'>;

export interface WaitsRepository {
  /** All that a run waits or has waited for, in order. */
  list(workspaceId: string, runId: string): Promise<WaitRow[]>;
  /**
   * Puts a run aside until one of its waits has its answer. A step asks once: what it asked before stands. `answered`
   * where an answer has come meanwhile, so that the run goes on at once; `refused` for a former attempt.
   */
  park(of: AttemptKey, waits: readonly NewWait[]): Promise<'parked' | 'answered' | 'refused'>;
  /** Stores an answer, once, and puts its run into the queue. False where it was answered before, or the run has ended. */
  answer(wait: Pick<WaitRow, 'workspaceId' | 'id' | 'runId'>, answer: string, now: number): Promise<boolean>;
  /** Answers all waits whose time has come with the given texts, and gives the runs that can go on. */
  expire(now: number, answerOf: (wait: WaitRow) => string): Promise<Pick<UnfinishedRun, 'workspaceId' | 'runId'>[]>;
}

const ofRun = (workspaceId: string, runId: string) => and(eq(runWaits.workspaceId, workspaceId), eq(runWaits.runId, runId));
const queued = (workspaceId: string, runId: string) => and(eq(runQueue.workspaceId, workspaceId), eq(runQueue.runId, runId));
const open = isNull(runWaits.answer);

export function createWaitsRepository(connection: Connection): WaitsRepository {
  const { drizzle, transaction } = connection;

  /** The work in a transaction of its own. */
  const whole = <T>(work: () => T): Promise<T> =>
    attempt(() => {
      let result: T | undefined;
      transaction(() => {
        result = work();
      });
      return result as T;
    });

  function wakeRun(workspaceId: string, runId: string): void {
    const waiting = and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId), eq(runs.status, 'waiting'));
    drizzle.update(runs).set({ status: 'queued' }).where(waiting).run();
    drizzle.update(runQueue).set({ wakeAt: null }).where(queued(workspaceId, runId)).run();
  }

  return {
    list: (workspaceId, runId) =>
      attempt(() => drizzle.select().from(runWaits).where(ofRun(workspaceId, runId)).orderBy(asc(runWaits.id)).all()),
    park: ({ workspaceId, runId, attempt: number }, waits) =>
      whole(() => {
        const mine = and(queued(workspaceId, runId), eq(runQueue.attempt, number));
        if (drizzle.select({ id: runQueue.runId }).from(runQueue).where(mine).get() === undefined) return 'refused';
        for (const wait of waits)
          drizzle
            .insert(runWaits)
            .values({ ...wait, workspaceId, runId })
            .onConflictDoNothing()
            .run();
        const steps = drizzle.select().from(runWaits).where(ofRun(workspaceId, runId)).all();
        const parked = steps.filter((step) => waits.some(({ scope, node }) => scope === step.scope && node === step.node));
        const answered = parked.some(({ answer }) => answer !== null);
        const { first } =
          drizzle
            .select({ first: min(runWaits.until) })
            .from(runWaits)
            .where(and(ofRun(workspaceId, runId), open))
            .get() ?? {};
        const status = answered ? 'queued' : 'waiting';
        drizzle
          .update(runs)
          .set({ status })
          .where(and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId)))
          .run();
        drizzle
          .update(runQueue)
          .set({ wakeAt: answered ? null : (first ?? null) })
          .where(mine)
          .run();
        return answered ? 'answered' : 'parked';
      }),
    answer: ({ workspaceId, id, runId }, answer, now) =>
      whole(() => {
        const mine = and(eq(runWaits.workspaceId, workspaceId), eq(runWaits.id, id), open);
        const going = and(eq(runs.workspaceId, workspaceId), eq(runs.id, runId), unfinished(runs.status));
        if (drizzle.select({ id: runs.id }).from(runs).where(going).get() === undefined) return false;
        if (drizzle.update(runWaits).set({ answer, answeredAt: now }).where(mine).run().changes !== 1) return false;
        wakeRun(workspaceId, runId);
        return true;
      }),
    expire: (now, answerOf) =>
      whole(() => {
        const due = drizzle
          .select({ workspaceId: runQueue.workspaceId, runId: runQueue.runId })
          .from(runQueue)
          .where(lte(runQueue.wakeAt, now))
          .all();
        for (const { workspaceId, runId } of due) {
          const late = drizzle
            .select()
            .from(runWaits)
            .where(and(ofRun(workspaceId, runId), open, lte(runWaits.until, now)))
            .all();
          for (const wait of late) {
            const mine = and(eq(runWaits.workspaceId, workspaceId), eq(runWaits.id, wait.id));
            drizzle
              .update(runWaits)
              .set({ answer: answerOf(wait), answeredAt: now })
              .where(mine)
              .run();
          }
          wakeRun(workspaceId, runId);
        }
        return due;
      }),
  };
}
