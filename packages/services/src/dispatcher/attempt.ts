import type { DurableRun } from '@patchbay/db';
import type { Locale } from '@patchbay/flow';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { PreparedRun } from '../runs/prepare-run.ts';
import { readDetail } from '../runs/record-run.ts';
import { isUnfinished } from '../runs/run-status.ts';
import { endWithout } from './end-without.ts';
import { type Execution, executeRun, type Outcome } from './execute-run.ts';
import type { Feeds } from './feed.ts';
import { firstIdOf, idsPerAttempt } from './followed-event.ts';
import { storeEnd } from './store-end.ts';
import { targetOfRun } from './target-of-run.ts';

/** A durable run by its place. */
export interface RunPlace {
  workspaceId: string;
  runId: string;
  /** Who started it, where that is known; else the store says so. */
  starter?: Actor | undefined;
}

/** A run that was accepted as taken, since its caller waits. */
export interface Accepted {
  run: DurableRun;
  prepared: PreparedRun;
  /** Its pieces are read as they come. */
  streams: boolean;
}

/** A run this process is at, from before it is taken until its end is stored. */
export interface RunningAttempt {
  ended: Promise<Outcome>;
  cancel(cause: string): void;
  leave(): void;
}

export interface AttemptParts {
  deps: Deps;
  feeds: Feeds;
}

const isOver = ({ run }: DurableRun): boolean => !isUnfinished(run.status);

/** Takes a run, as its next attempt or as the one it was accepted with, and executes it. */
export function beginAttempt({ deps, feeds }: AttemptParts, { workspaceId, runId }: RunPlace, accepted?: Accepted): RunningAttempt {
  const { journal } = deps.database;
  const feed = feeds.join(runId, false);
  let execution: Execution | undefined;
  let cancelled: string | undefined;
  let left = false;

  async function run(): Promise<Outcome> {
    const row = accepted?.run ?? (await journal.read(workspaceId, runId));
    if (row === undefined || isOver(row)) return { kind: 'left', why: 'taken' };
    if (left) return { kind: 'left', why: 'stopping' };
    const of = { workspaceId, runId, attempt: accepted === undefined ? row.attempt + 1 : 1 };
    if (accepted === undefined && !(await journal.take(of))) return { kind: 'left', why: 'taken' };
    const entries = of.attempt === 1 ? [] : await journal.entries(workspaceId, runId);
    const waits = of.attempt === 1 ? [] : await deps.database.waits.list(workspaceId, runId);
    if (left) return { kind: 'left', why: 'stopping' };
    feed.begin((of.attempt - 1) * idsPerAttempt);
    const streams = accepted?.streams === true || feed.followed;
    execution = executeRun({ deps, of, run: row, entries, waits, feed, streams, prepared: accepted?.prepared });
    if (cancelled !== undefined) execution.cancel(cancelled);
    return execution.outcome;
  }

  return {
    ended: run()
      .catch((error: unknown): Outcome => ({ kind: 'lost', error }))
      .finally(() => feeds.leave(runId, false)),
    cancel(cause) {
      cancelled ??= cause;
      execution?.cancel(cause);
    },
    leave() {
      left = true;
      execution?.leave();
    },
  };
}

/** Ends a run that nobody executes as cancelled. False where it is unknown, has ended, or somebody took it meanwhile. */
export async function cancelIdle({ deps, feeds }: AttemptParts, { workspaceId, runId }: RunPlace, cause: string): Promise<boolean> {
  const { journal } = deps.database;
  const run = await journal.read(workspaceId, runId);
  if (run === undefined || isOver(run)) return false;
  const of = { workspaceId, runId, attempt: run.attempt + 1 };
  if (!(await journal.take(of))) return false;
  const entries = await journal.entries(workspaceId, runId);
  const result = endWithout(deps, { run, entries }, 'cancelled', { class: 'cancelled', reason: cause, params: {} });
  const endEvent = firstIdOf(of.attempt);
  const target = await targetOfRun(deps, run.run, run.document, run.locale as Locale);
  const { inputs, making, masked } = readDetail(run.run.detail);
  const stored = async () => true;
  if (!(await storeEnd(deps, { of, inputs, making, masked, result, endEvent, late: [], hiding: target?.hiding, stored }))) return false;
  const feed = feeds.join(runId, false);
  feed.push({ id: endEvent, event: { type: 'run-end', ...result } });
  feeds.leave(runId, false);
  return true;
}
