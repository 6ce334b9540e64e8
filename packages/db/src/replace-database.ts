import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Driver from 'better-sqlite3';
import { syncFolder } from './copy-database.ts';
import { StorageError, toStorageError } from './storage-error.ts';
import { copiesFolder, forgetOlder, forgetUnfinished, timeInName } from './upgrade-copy.ts';

const kept = 3;

/**
 * Puts a whole database file in place of another: whoever looks finds the old one or the new one, also where this
 * process dies. What was there is kept among the copies; its path is answered. Throws StorageError `busy` where a
 * process has the old one open, and then nothing is changed.
 */
export function replaceDatabase(next: string, file: string, now = new Date()): string | undefined {
  const held = holdAlone(file);
  try {
    // Brings the log into the file, so that the file alone is the whole database.
    held?.pragma('journal_mode = DELETE');
    const before = setAside(file, now);
    renameSync(next, file);
    syncFolder(dirname(file));
    forgetUnfinished(dirname(file), now);
    return before;
  } finally {
    held?.close();
  }
}

/** Throws StorageError `busy` where a process has the database open. */
export const checkUnused = (file: string): void => void holdAlone(file)?.close();

/** Keeps all others out until it is closed. A file that is no usable database is nobody's: there is nothing to hold. */
function holdAlone(file: string): InstanceType<typeof Driver> | undefined {
  if (!existsSync(file)) return undefined;
  let driver: InstanceType<typeof Driver> | undefined;
  try {
    driver = new Driver(file, { fileMustExist: true, timeout: 200 });
    // An open connection with a log keeps a shared lock on the file, also while it does nothing: so this one finds it.
    driver.pragma('locking_mode = EXCLUSIVE');
    driver.exec('begin exclusive; commit');
    return driver;
  } catch (thrown) {
    driver?.close();
    const error = toStorageError(thrown);
    if (!(error instanceof StorageError) || error.reason === 'corrupt') return undefined;
    throw error.reason === 'busy'
      ? new StorageError('busy', `The database ${file} is in use. Stop the Patchbay that runs on it first.`, thrown)
      : new StorageError(error.reason, `The database ${file} cannot be opened for writing.`, thrown);
  }
}

/** By a second name, so that the file keeps its place until the new one takes it. */
function setAside(file: string, now: Date): string | undefined {
  if (!existsSync(file)) return undefined;
  const folder = copiesFolder(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `before-restore-${timeInName(now)}.db`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  linkSync(file, copy);
  // Only beside a damaged file is there still a log: over the new file it would be another database's.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${copy}-wal`);
  rmSync(`${file}-shm`, { force: true });
  forgetOlder(folder, 'before-restore-', kept);
  syncFolder(folder);
  return copy;
}
