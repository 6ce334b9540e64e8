import { type FileHandle, open } from 'node:fs/promises';
import { StorageError } from '../storage-error.ts';

export interface LogFile {
  /** Settles when what stands in the log is on the disk. Rejects with StorageError. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The log beside a database file, where commits stand until a checkpoint. SQLite's locks lie in other files, so it may
 * be opened a second time; with `synchronous = FULL` SQLite would wait for the disk in the thread that commits.
 */
export function openLog(database: string): LogFile {
  let handle: Promise<FileHandle> | undefined;
  return {
    async flush() {
      try {
        handle ??= open(`${database}-wal`, 'r+');
        await (await handle).datasync();
      } catch (error) {
        handle = undefined;
        throw new StorageError('full', 'The log of the database cannot be written to the disk.', error);
      }
    },
    async close() {
      await (await handle)?.close();
    },
  };
}
