import Driver from 'better-sqlite3';
import { migrationsFolder } from './migrations-folder.ts';
import { checkFile, type FoundSchema } from './schema-check.ts';

/** What a database file holds, read without changing it. */
export interface FileDescription extends FoundSchema {
  flows: number;
  runs: number;
  /** Keys that are not in the file and that its stored connections need. */
  masterKeyIds: string[];
}

/** Reads a file of this or an earlier schema. Throws StorageError for all that `openDatabase` would refuse. */
export function describeFile(file: string): FileDescription {
  const schema = checkFile(file, migrationsFolder());
  const driver = new Driver(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    const tables = new Set(driver.prepare<[], string>("select name from sqlite_master where type = 'table'").pluck().all());
    const count = (table: 'flows' | 'runs'): number =>
      tables.has(table) ? (driver.prepare<[], number>(`select count(*) from ${table}`).pluck().get() ?? 0) : 0;
    const sealed = 'select workspace_id from credentials where sealed is not null';
    const keys = `select distinct master_key_id from data_keys where workspace_id in (${sealed}) order by 1`;
    return {
      ...schema,
      flows: count('flows'),
      runs: count('runs'),
      masterKeyIds: tables.has('data_keys') && tables.has('credentials') ? driver.prepare<[], string>(keys).pluck().all() : [],
    };
  } finally {
    driver.close();
  }
}
