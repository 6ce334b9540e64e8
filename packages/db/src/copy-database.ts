import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Driver from 'better-sqlite3';
import { StorageError, toStorageError } from './storage-error.ts';

/** Pages between two looks at what else there is to do: 4 MiB. */
const pagesAtOnce = 1_024;

export interface CopyProgress {
  copiedPages: number;
  totalPages: number;
}

export interface CopyOptions {
  onProgress?: (progress: CopyProgress) => void;
  /** Puts the copy in place of a file of that name; without it such a file is a StorageError `conflict`. */
  replace?: boolean;
  /** Reads the whole copy once more and refuses a damaged one. */
  verify?: boolean;
}

/**
 * Copies a database that others may write to meanwhile: the copy is what was committed when it began. It is one file,
 * for its owner's eyes only, on the disk when this resolves; where it fails there is none. Rejects with StorageError.
 */
export async function copyDatabase(source: string, target: string, options: CopyOptions = {}): Promise<void> {
  const partial = `${target}.${randomBytes(6).toString('hex')}.partial`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    closeSync(openSync(partial, 'wx', 0o600));
    await copyPages(source, partial, options.onProgress);
    makeWhole(partial, options.verify === true);
    place(partial, target, options.replace === true);
  } catch (error) {
    throw explain(error, source, target);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${partial}${suffix}`, { force: true });
  }
}

async function copyPages(source: string, partial: string, onProgress: CopyOptions['onProgress']): Promise<void> {
  const driver = new Driver(source, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    // One reader's view for the whole copy: else every write by another process would begin it anew.
    driver.exec('begin');
    driver.prepare('select count(*) from sqlite_master').get();
    await driver.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.({ copiedPages: totalPages - remainingPages, totalPages });
        return pagesAtOnce;
      },
    });
  } finally {
    driver.close();
  }
}

/** Without a log beside it, so that it can be moved as one file. */
function makeWhole(partial: string, verify: boolean): void {
  const driver = new Driver(partial, { fileMustExist: true });
  try {
    driver.pragma('journal_mode = DELETE');
    const answer = verify ? driver.pragma('integrity_check(1)', { simple: true }) : 'ok';
    if (answer !== 'ok') throw new StorageError('corrupt', String(answer));
  } finally {
    driver.close();
  }
}

/** A link, unlike a rename, fails where there is a file. */
function place(partial: string, target: string, replace: boolean): void {
  syncFile(partial);
  if (replace) renameSync(partial, target);
  else linkSync(partial, target);
  syncFolder(dirname(target));
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new name is on the disk only when its folder is. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function explain(thrown: unknown, source: string, target: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EEXIST') return new StorageError('conflict', `There is a file ${target} already.`, thrown);
  if (code === 'ENOSPC' || code === 'EFBIG' || code === 'EDQUOT') return noSpace(target, thrown);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR')
    return new StorageError('unreadable', `The file ${target} cannot be written by this user.`, thrown);
  const error = toStorageError(thrown);
  if (!(error instanceof StorageError)) return error;
  if (error.reason === 'full') return noSpace(target, thrown);
  if (error.reason === 'corrupt') return new StorageError('corrupt', `The database ${source} is damaged, so it was not copied.`, thrown);
  if (error.reason === 'unreadable') return new StorageError('unreadable', `The database ${source} cannot be read by this user.`, thrown);
  return error;
}

const noSpace = (target: string, cause: unknown) =>
  new StorageError('full', `There is not enough space for ${target}. No copy was made.`, cause);
