import type Driver from 'better-sqlite3';
import { type CheckpointThread, startCheckpointThread } from './checkpoint-thread.ts';

/** The usual way: moving pages from the log into the file waits for the disk; seldom, and many at once. */
export const usualCheckpoints = 'wal_autocheckpoint = 4000';

/** A server that is hardly used does without the thread, which takes about 14 MB. */
const busyFrom = 200;

/** Leaves a connection's checkpoints to a thread once it has committed that much, and takes them back where the thread ends. */
export function handOverCheckpoints(driver: InstanceType<typeof Driver>): CheckpointThread {
  let commits = 0;
  let thread: CheckpointThread | undefined;
  const begin = (): CheckpointThread => {
    driver.pragma('wal_autocheckpoint = 0');
    return startCheckpointThread(driver.name, () => {
      if (driver.open) driver.pragma(usualCheckpoints);
    });
  };
  return {
    committed() {
      if (thread !== undefined) return thread.committed();
      commits += 1;
      if (commits >= busyFrom) thread = begin();
    },
    close: async () => thread?.close(),
  };
}
