import { setTimeout as sleep } from 'node:timers/promises';
import { noteSpace } from './space.ts';
import { StorageError, toStorageError } from './storage-error.ts';

/** How long a write waits for another process's lock in all. */
export const busyLimitMs = 30_000;

/**
 * Does one synchronous piece of database work. A lock held by another process is waited for here, between tries,
 * not inside the driver, where it would hold up the event loop.
 */
export async function attempt<T>(work: () => T, limitMs: number = busyLimitMs): Promise<T> {
  const until = performance.now() + limitMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    try {
      return work();
    } catch (thrown) {
      const error = toStorageError(thrown);
      if (error instanceof StorageError && error.reason === 'full') noteSpace(true);
      if (!(error instanceof StorageError) || error.reason !== 'busy' || performance.now() > until) throw error;
    }
    await sleep(pause * (0.5 + Math.random() / 2));
  }
}
