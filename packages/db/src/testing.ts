import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from './database.ts';

/** A folder that is gone when the test has ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function scratchDatabase(): Promise<Database> {
  const database = await openDatabase(join(scratchFolder(), 'patchbay.db'));
  onTestFinished(() => database.close());
  return database;
}
