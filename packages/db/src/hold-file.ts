import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Driver from 'better-sqlite3';
import { StorageError, toStorageError } from './storage-error.ts';

/**
 * Keeps a file to this process until what is answered is called, or the process dies: the system itself gives such a lock
 * back, so a crash leaves none behind. Undefined where somebody holds it; throws StorageError where there can be no such file.
 */
export function holdFile(path: string): (() => void) | undefined {
  let driver: InstanceType<typeof Driver> | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    driver = new Driver(path, { timeout: 0 });
    // Never ended: SQLite locks the file for the transaction, and nothing is ever written.
    driver.exec('begin exclusive');
    const held = driver;
    return () => void held.close();
  } catch (thrown) {
    driver?.close();
    const error = toStorageError(thrown);
    if (error instanceof StorageError && error.reason === 'busy') return undefined;
    throw new StorageError('unreadable', `The file ${path} cannot be written by this user.`, thrown);
  }
}
