import type { Actor } from '../context.ts';
import type { RunPlace } from './attempt.ts';

/** A run with the key that started it, which has as many under way as it may. */
export interface HeldRun extends RunPlace {
  starter: Extract<Actor, { kind: 'key' }>;
}

/** Runs that wait until their key has room, each key's in order of acceptance: they take no place from anybody meanwhile. */
export interface HeldRuns {
  hold(run: HeldRun): void;
  /** Lets the first of this key's try again, or of every key's, where there is room. */
  release(keyId?: string): void;
  count(): number;
}

export function createHeldRuns(hasRoom: (starter: Actor) => boolean, tryAgain: (run: HeldRun) => void): HeldRuns {
  const held = new Map<string, HeldRun[]>();

  function releaseOne(keyId: string): void {
    const runs = held.get(keyId) ?? [];
    const [first] = runs;
    if (first === undefined || !hasRoom(first.starter)) return;
    runs.shift();
    if (runs.length === 0) held.delete(keyId);
    tryAgain(first);
  }

  return {
    hold(run) {
      const runs = held.get(run.starter.id) ?? [];
      const last = runs.at(-1);
      runs.push(run);
      // One that tried again in vain comes back before those that came after it. Ids are in order of acceptance.
      if (last !== undefined && last.runId > run.runId) runs.sort((a, b) => (a.runId < b.runId ? -1 : 1));
      held.set(run.starter.id, runs);
    },
    release(keyId) {
      for (const each of keyId === undefined ? [...held.keys()] : [keyId]) releaseOne(each);
    },
    count: () => [...held.values()].reduce((sum, { length }) => sum + length, 0),
  };
}
