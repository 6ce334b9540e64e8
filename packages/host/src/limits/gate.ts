import { ModelError } from '@patchbay/models';
import { errorOfSignal } from '../outbound/errors.ts';

/** Ends a stay; a second call does nothing. */
export type Leave = () => void;

export interface GateOptions {
  /** What passes here, for the error: `model_calls`. */
  name: string;
  /** How many may be inside at once, per key. */
  most: number;
  /** How many may wait, per key; one more is refused. */
  waiting: number;
}

/** So many at once, the others in order. */
export interface Gate {
  /**
   * At once where there is room, so that a free way costs no turn of the loop. Rejects with `rate_limited`/`too_many`
   * where too many wait already, and as cancelled when the signal fires. `most` overrides the gate's own.
   */
  enter(key: string, signal?: AbortSignal, most?: number): Leave | Promise<Leave>;
  /** How many are inside and how many wait; for tests and figures. */
  count(key: string): { inside: number; waiting: number };
}

/** What a caller who is refused may wait, in milliseconds: nobody knows when somebody leaves. */
const retryAfterMs = 1_000;

interface Room {
  inside: number;
  queue: Set<() => void>;
}

export function createGate({ name, most: usual, waiting }: GateOptions): Gate {
  const rooms = new Map<string, Room>();

  const leaveOf = (key: string, room: Room): Leave => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      // Who comes next takes the place; it is never free in between.
      const [next] = room.queue;
      if (next !== undefined) {
        room.queue.delete(next);
        next();
      } else {
        room.inside -= 1;
        if (room.inside === 0) rooms.delete(key);
      }
    };
  };

  const wait = (key: string, room: Room, signal: AbortSignal | undefined): Promise<Leave> =>
    new Promise((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve(leaveOf(key, room));
      };
      const giveUp = (): void => {
        room.queue.delete(enter);
        if (signal !== undefined) reject(errorOfSignal(signal));
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      room.queue.add(enter);
    });

  return {
    enter: (key, signal, most = usual) => {
      if (signal?.aborted === true) return Promise.reject(errorOfSignal(signal));
      let room = rooms.get(key);
      if (room === undefined) {
        room = { inside: 0, queue: new Set() };
        rooms.set(key, room);
      }
      if (room.inside < most) {
        room.inside += 1;
        return leaveOf(key, room);
      }
      if (room.queue.size >= waiting)
        return Promise.reject(new ModelError('rate_limited', 'too_many', { gate: name, limit: most }, { retryAfterMs }));
      return wait(key, room, signal);
    },
    count: (key) => {
      const room = rooms.get(key);
      return { inside: room?.inside ?? 0, waiting: room?.queue.size ?? 0 };
    },
  };
}
