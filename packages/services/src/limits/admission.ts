import { createGate, type Gate, type Leave } from '@patchbay/host';
import { LRUCache } from 'lru-cache';
import type { Actor, Ctx } from '../context.ts';
import type { WhenLeft } from '../runs/run-to-end.ts';
import { ServiceError } from '../service-error.ts';
import type { LimitSettings } from './limit-settings.ts';
import { atOnceHeaders, windowHeaders } from './rate-limit-headers.ts';

/** Lets runs start: so many at once for a workspace and for a key, so many a minute for a key. */
export interface Admission {
  /**
   * At once where there is room; else it waits its turn, until the caller leaves. Rejects with `rate_limited` (429)
   * where too many wait already, or the key's minute is used up. What it gives is called when the run has ended.
   */
  enter(ctx: Pick<Ctx, 'workspaceId' | 'actor'>, whenLeft?: WhenLeft): Leave | Promise<Leave>;
  /** For a run that is only accepted now: counts it in the key's minute. Throws `rate_limited` (429) where that is used up. */
  accept(actor: Actor): void;
  /** For an accepted run whose turn has come: undefined where its key has as many under way as it may. */
  enterIfRoom(actor: Actor): Leave | undefined;
  hasRoom(actor: Actor): boolean;
}

/** Runs that wait for their turn, per workspace or key. */
const mostWaiting = 1_000;
const minuteMs = 60_000;

interface Minute {
  startedAt: number;
  runs: number;
}

export function createAdmission({ runsAtOnce }: LimitSettings, now: () => number): Admission {
  const workspaces = createGate({ name: 'workspace_runs', most: runsAtOnce, waiting: mostWaiting });
  const keys = createGate({ name: 'key_runs', most: runsAtOnce, waiting: mostWaiting });
  const minutes = new LRUCache<string, Minute>({ max: 10_000 });

  function countMinute(key: string, most: number): void {
    let minute = minutes.get(key);
    // Time may be set back: a minute that has not begun is over too.
    if (minute === undefined || now() - minute.startedAt >= minuteMs || now() < minute.startedAt) {
      minute = { startedAt: now(), runs: 0 };
      minutes.set(key, minute);
    }
    if (minute.runs >= most) throw tooManyAMinute(most, minute.startedAt + minuteMs - now());
    minute.runs += 1;
  }

  function accept(actor: Actor): void {
    if (actor.kind === 'key' && actor.limits?.runsPerMinute !== undefined) countMinute(actor.id, actor.limits.runsPerMinute);
  }
  const hasRoom = (actor: Actor): boolean => {
    const most = mostOf(actor);
    return most === undefined || actor.kind !== 'key' || keys.count(actor.id).inside < most;
  };

  return {
    accept,
    hasRoom,
    enterIfRoom: (actor) => {
      const most = mostOf(actor);
      if (most === undefined || actor.kind !== 'key') return free;
      const entered = hasRoom(actor) ? keys.enter(actor.id, undefined, most) : undefined;
      return entered instanceof Promise ? undefined : entered;
    },
    enter: ({ workspaceId, actor }, whenLeft) => {
      accept(actor);
      const ofWorkspace = (): Leave | Promise<Leave> => enter(workspaces, workspaceId, runsAtOnce, whenLeft);
      const most = mostOf(actor);
      if (most === undefined || actor.kind !== 'key') return ofWorkspace();
      return both(enter(keys, actor.id, most, whenLeft), ofWorkspace);
    },
  };
}

const free: Leave = () => {};

/** How many runs of a key may be under way at once, where it says so. */
const mostOf = (actor: Actor): number | undefined => (actor.kind === 'key' ? actor.limits?.runsAtOnce : undefined);

/** The key's turn first, then the workspace's: a busy key holds up nobody but itself. */
async function both(first: Leave | Promise<Leave>, second: () => Leave | Promise<Leave>): Promise<Leave> {
  const leaveFirst = await first;
  try {
    const leaveSecond = await second();
    return () => {
      leaveSecond();
      leaveFirst();
    };
  } catch (error) {
    leaveFirst();
    throw error;
  }
}

function enter(gate: Gate, key: string, most: number, whenLeft: WhenLeft | undefined): Leave | Promise<Leave> {
  // A signal costs more than all else here; who is let in at once needs none.
  const entered = gate.enter(key, gate.count(key).inside < most ? undefined : signalOf(whenLeft), most);
  if (!(entered instanceof Promise)) return entered;
  return entered.catch((error: unknown) => {
    throw tooManyAtOnce(error) ?? error;
  });
}

function tooManyAtOnce(error: unknown): ServiceError | undefined {
  if (typeof error !== 'object' || error === null || !('params' in error)) return undefined;
  const { gate, limit } = error.params as Record<string, string | number>;
  if (limit === undefined) return undefined;
  const headers = { 'Retry-After': '1', ...atOnceHeaders(String(gate), Number(limit), 1) };
  return new ServiceError('rate_limited', 'too_many_runs', { params: { limit }, headers });
}

function tooManyAMinute(most: number, leftMs: number): ServiceError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1_000));
  const headers = { 'Retry-After': String(seconds), ...windowHeaders('key_runs_per_minute', most, 60, seconds) };
  return new ServiceError('rate_limited', 'too_many_a_minute', { params: { limit: most, seconds }, headers });
}

function signalOf(whenLeft: WhenLeft | undefined): AbortSignal {
  const left = new AbortController();
  whenLeft?.(() => left.abort('caller_left'));
  return left.signal;
}
