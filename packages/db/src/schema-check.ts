import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import Driver from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { StorageError } from './storage-error.ts';

/** Files larger than this are not read through at start; SQLite still reports damage when it meets it. */
const quickCheckBytes = 32 * 1024 * 1024;

/**
 * Judges an existing file before anything may write to it: not a database, damaged, or written by a newer Patchbay
 * each refuse with a sentence. A file that is absent or empty is a fresh start.
 */
export function checkFile(file: string, migrationsFolder: string): void {
  if (!existsSync(file)) return;
  const { size } = statSync(file);
  if (size === 0) return;
  if (!hasHeader(file)) throw corrupt(file, 'it is not an SQLite database');
  const known = new Set(readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash));
  const driver = open(file);
  try {
    if (size <= quickCheckBytes) {
      const answer = driver.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') throw corrupt(file, String(answer));
    }
    const unknown = appliedMigrations(driver).filter((hash) => !known.has(hash));
    if (unknown.length > 0) {
      throw new StorageError(
        'newer',
        `The database ${file} was written by a newer version of Patchbay. Start that version, or set PATCHBAY_DATA to another folder. Nothing was changed.`,
      );
    }
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw corrupt(file, error instanceof Error ? error.message : String(error));
  } finally {
    driver.close();
  }
}

function open(file: string) {
  try {
    return new Driver(file, { readonly: true, fileMustExist: true, timeout: 1_000 });
  } catch (error) {
    throw new StorageError('unreadable', `The database ${file} cannot be opened. Check that this user may read and write it.`, error);
  }
}

function appliedMigrations(driver: InstanceType<typeof Driver>): string[] {
  const table = driver.prepare("select name from sqlite_master where type = 'table' and name = '__drizzle_migrations'").get();
  if (table === undefined) {
    const other = driver.prepare("select name from sqlite_master where type = 'table' limit 1").get();
    if (other !== undefined)
      throw new StorageError(
        'unreadable',
        `${driver.name} is a database of another program. Set PATCHBAY_DATA to another folder. Nothing was changed.`,
      );
    return [];
  }
  return driver.prepare<[], string>('select hash from __drizzle_migrations').pluck().all();
}

const corrupt = (file: string, detail: string) =>
  new StorageError(
    'corrupt',
    `The database ${file} is damaged (${detail}). Restore a backup, or set PATCHBAY_DATA to another folder. Nothing was changed.`,
  );

function hasHeader(file: string): boolean {
  const header = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, 16, 0);
  } finally {
    closeSync(handle);
  }
  return header.toString('latin1') === 'SQLite format 3\0';
}
