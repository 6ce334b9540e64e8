import { statSync } from 'node:fs';
import type Driver from 'better-sqlite3';

/** So many transactions make a checkpoint worth its two waits for the disk. */
const enough = 1_000;
/** After so long whatever the log has got is moved too, in milliseconds. */
const longest = 5_000;
/** From so many pages on, the log has to begin anew, or it would grow for as long as somebody writes. */
const tooLong = 16_000;

export interface Checkpoints {
  /** Does one where it is due. What hinders it, such as a full disk, leaves it for the next look. */
  look(): void;
}

/** Decides when the log is moved into the file. `commits` counts transactions up; `now` is in milliseconds. */
export function createCheckpoints(driver: InstanceType<typeof Driver>, commits: () => number, now: () => number): Checkpoints {
  driver.pragma('wal_autocheckpoint = 0');
  driver.pragma('synchronous = NORMAL');
  let [seen, at, written] = [commits(), now(), 0];

  function due(): boolean {
    if (Math.abs(commits() - seen) >= enough) return true;
    return now() - at >= longest && writtenAt(driver.name) !== written;
  }

  return {
    look() {
      if (!due()) return;
      [seen, at, written] = [commits(), now(), writtenAt(driver.name)];
      try {
        // Writers go on meanwhile, so that while many write it never comes to the end of the log.
        const [{ log = 0, checkpointed = 0 } = {}] = driver.pragma('wal_checkpoint(PASSIVE)') as { log?: number; checkpointed?: number }[];
        // Little is left now; they wait for that, each between its tries.
        if (log > checkpointed && log > tooLong) driver.pragma('wal_checkpoint(RESTART)');
      } catch {
        written = 0;
      }
    },
  };
}

/** When the log was last written to, or 0 where there is none. */
const writtenAt = (database: string): number => statSync(`${database}-wal`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
