import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Driver from 'better-sqlite3';
import { is, Param, Placeholder } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { attempt } from './attempt.ts';
import type { CheckpointThread } from './checkpoints/checkpoint-thread.ts';
import { handOverCheckpoints, usualCheckpoints } from './checkpoints/hand-over.ts';
import { openLog } from './checkpoints/log-file.ts';
import { migrationsFolder } from './migrations-folder.ts';
import { checkFile } from './schema-check.ts';
import { StorageError, toStorageError } from './storage-error.ts';
import { copyBeforeUpgrade } from './upgrade-copy.ts';
import { addVectorFunctions } from './vectors.ts';

export type Drizzle = BetterSQLite3Database<Record<string, never>>;

interface Query {
  toSQL(): { sql: string; params: unknown[] };
}
type Values = Readonly<Record<string, unknown>>;

export interface Connection {
  drizzle: Drizzle;
  /**
   * Runs the work as one transaction; a thrown error undoes all of it. It survives the death of this process; with
   * `toDisk` that of the machine too, at the price of waiting for the disk.
   */
  transaction(work: () => void, options?: { toDisk?: boolean }): void;
  /**
   * A write that runs many times a second, handed to the driver as drizzle wrote it: writing it out anew, or filling
   * drizzle's placeholders, costs more than the write. Values are given by placeholder name; what comes back is the
   * number of changed rows.
   */
  compile(query: Query): (values: Values) => number;
  /** The same for a look at one row: its columns in the order of the selection, as the database has them. */
  compileLook(query: Query): (values: Values) => readonly unknown[] | undefined;
  /** Leaves the checkpoints, which wait for the disk, to a thread as soon as much is written, until the connection is closed. */
  checkpointInThread(): void;
  /** Settles when all that was committed would survive the death of the machine; nothing else waits for it. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Judges the file, copies it where it is about to be migrated, and opens it. Rejects with StorageError and changes
 * nothing where it must not be used.
 */
export async function openConnection(file: string, { keepCopy = true }: { keepCopy?: boolean } = {}): Promise<Connection> {
  makeFolder(dirname(file));
  const { applied, known } = await attempt(() => checkFile(file, migrationsFolder()));
  if (keepCopy && applied > 0 && applied < known) await copyBeforeUpgrade(file, applied);
  return attempt(() => connect(file));
}

/** Opens a file that was judged, and brings its schema up to date in one transaction. Throws StorageError. */
export function connect(file: string): Connection {
  const folder = migrationsFolder();
  const fresh = !existsSync(file);
  const driver = openDriver(file);
  // Prompts and answers stand in here: for this user's eyes only.
  if (fresh) chmodSync(file, 0o600);
  const db = drizzle({ client: driver, casing: 'snake_case' });
  try {
    upgrade(db, folder, file);
  } catch (error) {
    driver.close();
    throw error;
  }
  const begin = driver.prepare('begin immediate');
  const commit = driver.prepare('commit');
  const rollback = driver.prepare('rollback');
  let onDisk = false;
  let thread: CheckpointThread | undefined;
  const log = openLog(file);
  return {
    drizzle: db,
    transaction(work, { toDisk = false } = {}) {
      if (toDisk !== onDisk) {
        driver.pragma(toDisk ? 'synchronous = FULL' : 'synchronous = NORMAL');
        onDisk = toDisk;
      }
      begin.run();
      try {
        work();
        commit.run();
        thread?.committed();
      } catch (error) {
        if (driver.inTransaction) rollback.run();
        throw error;
      }
    },
    compile(query) {
      const { sql, params } = query.toSQL();
      const statement = driver.prepare(sql);
      const fill = filler(params);
      return (values) => statement.run(fill(values)).changes;
    },
    compileLook(query) {
      const { sql, params } = query.toSQL();
      const statement = driver.prepare<unknown[], unknown[]>(sql).raw();
      const fill = filler(params);
      return (values) => statement.get(fill(values));
    },
    checkpointInThread() {
      thread ??= handOverCheckpoints(driver);
    },
    flush: () => log.flush(),
    async close() {
      await thread?.close();
      await log.close();
      driver.close();
    },
  };
}

/** Puts values in the places of a statement's parameters; what drizzle wrote as a constant stays one. */
function filler(params: readonly unknown[]): (values: Values) => unknown[] {
  const places = params.map((param) => {
    const inner = is(param, Param) ? param.value : param;
    return is(inner, Placeholder) ? { name: inner.name } : { constant: inner };
  });
  return (values) => places.map((place) => ('name' in place ? toDriver(values[place.name]) : place.constant));
}

/** The driver knows no booleans. */
const toDriver = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StorageError(
      'unreadable',
      `The data folder ${folder} cannot be made. Set PATCHBAY_DATA to a folder you may write to.`,
      error,
    );
  }
}

function openDriver(file: string): InstanceType<typeof Driver> {
  try {
    const driver = new Driver(file, { timeout: 1_000 });
    driver.pragma('journal_mode = WAL');
    driver.pragma('synchronous = NORMAL');
    driver.pragma('foreign_keys = ON');
    driver.pragma(usualCheckpoints);
    driver.pragma('cache_size = -16384');
    // From here on hardly a wait in the driver, which would hold up the event loop: the long one is between tries, in `attempt`.
    driver.pragma('busy_timeout = 2');
    addVectorFunctions(driver);
    return driver;
  } catch (error) {
    throw new StorageError('unreadable', `The database ${file} cannot be opened for writing.`, error);
  }
}

function upgrade(db: Drizzle, folder: string, file: string): void {
  try {
    migrate(db, { migrationsFolder: folder });
  } catch (first) {
    // Another process may have brought the schema up to date between our look and our write.
    try {
      migrate(db, { migrationsFolder: folder });
    } catch (second) {
      // It may still be at it; whoever called tries again.
      const again = toStorageError(second);
      if (again instanceof StorageError && again.reason === 'busy') throw again;
      throw new StorageError(
        'unreadable',
        `The database ${file} could not be brought up to date; it is as it was before.`,
        toStorageError(first),
      );
    }
  }
}
