import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Driver from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { StorageError } from './storage-error.ts';
import { findUpgradeCopy } from './upgrade-copy.ts';

/** Files larger than this are not read through at start; SQLite still reports damage when it meets it. */
const quickCheckBytes = 32 * 1024 * 1024;

export interface FoundSchema {
  /** Migrations the file has; none where it is absent or empty. */
  applied: number;
  /** Migrations this program has. */
  known: number;
}

/**
 * Judges an existing file before anything may write to it: not a database, damaged, or written by a newer Patchbay
 * each refuse with a sentence. A file that is absent or empty is a fresh start.
 */
export function checkFile(file: string, migrationsFolder: string): FoundSchema {
  const known = new Set(readMigrationFiles({ migrationsFolder }).map((migration) => migration.hash));
  if (!existsSync(file)) return { applied: 0, known: known.size };
  const { size } = statSync(file);
  if (size === 0) return { applied: 0, known: known.size };
  if (!hasHeader(file)) throw corrupt(file, 'it is not an SQLite database');
  const driver = open(file);
  try {
    if (size <= quickCheckBytes) {
      const answer = driver.pragma('quick_check(1)', { simple: true });
      if (answer !== 'ok') throw corrupt(file, oneLine(String(answer)));
    }
    const applied = appliedMigrations(driver);
    if (applied.some((hash) => !known.has(hash))) throw newer(file, known.size);
    return { applied: applied.length, known: known.size };
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

/** Says which copy this version can go on with, where the upgrade left one. */
function newer(file: string, known: number): StorageError {
  const copy = findUpgradeCopy(file, known);
  const goBack =
    copy === undefined
      ? ''
      : ` To go back to this version with the data as it was before the upgrade: patchbay restore ${copy} --data ${dirname(file)} --force.`;
  return new StorageError(
    'newer',
    `The database ${file} was written by a newer version of Patchbay. Start that version, or set PATCHBAY_DATA to another folder. Nothing was changed.${goBack}`,
  );
}

/** SQLite's finding without its headline. */
const oneLine = (text: string): string =>
  text
    .replace(/^\*+ in database \w+ \*+/, '')
    .replace(/\s+/g, ' ')
    .trim();

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
