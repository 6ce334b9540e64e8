import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { starterOf } from '../keys/verify-key.ts';
import { type Accepted, beginAttempt, cancelIdle, type RunningAttempt, type RunPlace } from './attempt.ts';
import type { Outcome } from './execute-run.ts';
import { createFairQueue } from './fair-queue.ts';
import { createFeeds, type Feed } from './feed.ts';
import { createHeldRuns } from './held-runs.ts';
import { answerOfTime } from './waits.ts';

/** Who executes which durable run, and when: one loop in this process over the tables of the store. */
export interface Dispatcher {
  /** Executes an accepted run in its turn: in order of acceptance, workspaces in turns, no more of a key at once than it may. */
  start(place: RunPlace): void;
  /** Executes at once a run that was accepted with attempt 1: its caller waits, so it stands in no queue. */
  startNow(place: RunPlace, accepted: Accepted): Promise<Outcome>;
  /** Something a waiting run waited for has come. */
  signal(place: RunPlace): void;
  /** Stops a run that has not ended, wherever it stands. False where there is none. Settles when its end is stored. */
  cancel(place: RunPlace, cause: string): Promise<boolean>;
  stats(): { queued: number; running: number };
  /** From the moment `stop` is called. */
  readonly stopping: boolean;
  /** Events of a run as they come. Each needs one `unfollow`. */
  follow(runId: string): Feed;
  unfollow(runId: string): void;
  /** Takes up all unfinished runs of a former process. Called once, at start. */
  resumeAll(): Promise<void>;
  /** Starts nothing any more, lets what runs end for so long, leaves the rest to the next start. */
  stop(graceMs: number): Promise<void>;
}

/** Runs under way at once: of one workspace, and in all. */
export interface DispatcherLimits {
  perWorkspace: number;
  total: number;
  /** How often waiting runs are looked after, in milliseconds. */
  wakeMs: number;
  /** Before a run whose writes failed is tried again, in milliseconds. */
  retryMs: number;
}
const usualLimits: DispatcherLimits = { perWorkspace: 50, total: 200, wakeMs: 1_000, retryMs: 5_000 };

/** `deps` is asked when it is needed, since it holds the dispatcher itself. */
export function createDispatcher(deps: () => Deps, given: Partial<DispatcherLimits> = {}): Dispatcher {
  const limits = { ...usualLimits, ...given };
  const queue = createFairQueue<RunPlace>({ perGroup: limits.perWorkspace, total: limits.total });
  const feeds = createFeeds();
  const running = new Map<string, RunningAttempt>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const held = createHeldRuns((starter) => deps().admission.hasRoom(starter), start);
  let stopping = false;

  function pump(): void {
    for (let place = stopping ? undefined : queue.take(); place !== undefined; place = queue.take()) {
      const { workspaceId } = place;
      void inTurn(place).finally(() => {
        queue.done(workspaceId);
        pump();
      });
    }
  }

  /** Executes the run, or holds it where its key has as many under way as it may. */
  async function inTurn(place: RunPlace): Promise<void> {
    const starter = place.starter ?? (await findStarter(place));
    const leave = starter && deps().admission.enterIfRoom(starter);
    if (starter !== undefined && leave === undefined) {
      if (starter.kind === 'key') held.hold({ ...place, starter });
      return;
    }
    await attempt(place);
    leave?.();
    if (starter?.kind === 'key') held.release(starter.id);
  }

  /** Undefined where the store does not say: what else is to be done will meet the same trouble. */
  async function findStarter({ workspaceId, runId }: RunPlace): Promise<Actor | undefined> {
    try {
      const run = await deps().database.journal.read(workspaceId, runId);
      return run && (await starterOf(deps(), workspaceId, run.keyId));
    } catch {
      return undefined;
    }
  }

  /** Takes the run and executes it. What goes wrong with the store is tried again later. */
  async function attempt(place: RunPlace, accepted?: Accepted): Promise<Outcome> {
    if (stopping) return { kind: 'left', why: 'stopping' };
    // One that is just being put aside is let go first; whether it then is to be executed the store says.
    for (let busy = running.get(place.runId); busy !== undefined; busy = running.get(place.runId)) await busy.ended;
    if (stopping) return { kind: 'left', why: 'stopping' };
    const attempt = beginAttempt({ deps: deps(), feeds }, place, accepted);
    running.set(place.runId, attempt);
    const outcome = await attempt.ended;
    running.delete(place.runId);
    if (outcome.kind === 'lost') {
      deps().onTrouble('durable_run', outcome.error);
      later(() => start(place), limits.retryMs);
    }
    if (outcome.kind === 'waiting' && outcome.now) start(place);
    return outcome;
  }

  function later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  function start(place: RunPlace): void {
    queue.push(place.workspaceId, place);
    pump();
  }

  async function wakeDue(): Promise<void> {
    try {
      for (const place of await deps().database.waits.expire(deps().now(), answerOfTime)) start(place);
    } catch (error) {
      deps().onTrouble('wake_runs', error);
    }
    // Calls that were waited for may have made room.
    held.release();
    if (!stopping) later(() => void wakeDue(), limits.wakeMs);
  }

  async function cancel(place: RunPlace, cause: string): Promise<boolean> {
    const attempt = running.get(place.runId);
    attempt?.cancel(cause);
    // One that was just being put aside, or given up for now, has heard it too late.
    if ((await attempt?.ended)?.kind === 'ended') return true;
    try {
      return await cancelIdle({ deps: deps(), feeds }, place, cause);
    } catch (error) {
      // It may have been taken already, and then it is nobody's.
      later(() => start(place), limits.retryMs);
      throw error;
    }
  }

  return {
    start,
    startNow: attempt,
    signal: start,
    cancel,
    stats: () => ({ queued: queue.waiting() + held.count(), running: running.size }),
    get stopping() {
      return stopping;
    },
    follow: (runId) => feeds.join(runId, true),
    unfollow: (runId) => feeds.leave(runId, true),
    async resumeAll() {
      for (const { status, ...place } of await deps().database.journal.unfinished())
        if (status !== 'waiting') queue.push(place.workspaceId, place);
      pump();
      later(() => void wakeDue(), limits.wakeMs);
    },
    async stop(graceMs) {
      stopping = true;
      feeds.stop();
      for (const timer of timers) clearTimeout(timer);
      const all = () => Promise.all([...running.values()].map(({ ended }) => ended));
      await Promise.race([all(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
      for (const attempt of running.values()) attempt.leave();
      await all();
    },
  };
}
