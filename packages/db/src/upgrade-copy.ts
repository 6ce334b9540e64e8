import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyDatabase } from './copy-database.ts';
import { StorageError } from './storage-error.ts';

/** Copies that are kept: of the last upgrades, and of what restores replaced. */
const kept = 3;

/** Folder of the copies this program takes by itself, beside the database. */
export const copiesFolder = (file: string): string => join(dirname(file), 'backups');

/** Sorts by time, and every system takes it in a name. */
export const timeInName = (now: Date): string =>
  now
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

const upgradeName = /^before-upgrade-schema-(\d+)-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/;

/** Copies the database as it is before a migration may touch it. Rejects with StorageError, and then nothing is migrated. */
export async function copyBeforeUpgrade(file: string, schema: number, now = new Date()): Promise<string> {
  const folder = copiesFolder(file);
  const copy = join(folder, `before-upgrade-schema-${schema}-${timeInName(now)}.db`);
  try {
    await copyDatabase(file, copy, { replace: true });
  } catch (error) {
    if (!(error instanceof StorageError) || error.reason === 'busy') throw error;
    throw new StorageError(
      error.reason,
      `Before an upgrade the database is copied, and that failed: ${error.message} The database is as it was before.`,
      error,
    );
  }
  forgetOlder(folder, 'before-upgrade-', kept);
  forgetUnfinished(folder, now);
  return copy;
}

/** The newest copy that a program which knows `schemas` migrations can use. */
export function findUpgradeCopy(file: string, schemas: number): string | undefined {
  const folder = copiesFolder(file);
  const usable = namesIn(folder)
    .map((name) => ({ name, schema: Number(upgradeName.exec(name)?.[1] ?? Number.NaN) }))
    .filter(({ schema }) => schema <= schemas)
    .sort((a, b) => b.schema - a.schema || (a.name < b.name ? 1 : -1));
  return usable[0] && join(folder, usable[0].name);
}

/** Deletes all but the newest files whose names begin so. Their names end with their time. */
export function forgetOlder(folder: string, beginning: string, count: number): void {
  const ours = namesIn(folder).filter((name) => name.startsWith(beginning) && name.endsWith('.db'));
  const time = (name: string): string => name.slice(-23);
  // Of one second, the one of the later schema came later.
  const newestFirst = (a: string, b: string): number => inOrder.compare(time(b), time(a)) || inOrder.compare(b, a);
  for (const name of ours.sort(newestFirst).slice(count)) {
    rmSync(join(folder, name), { force: true });
    // Files of that time lie beside it.
    rmSync(join(folder, `${name}.files`), { recursive: true, force: true });
  }
}

const inOrder = new Intl.Collator('en', { numeric: true });

const unfinishedName = /\.db\.[0-9a-f]{12}\.(?:partial|restoring)/;
const hourMs = 3_600_000;

/** Deletes what killed processes began; nobody is still at it after an hour. */
export function forgetUnfinished(folder: string, now: Date): void {
  for (const name of namesIn(folder).filter((found) => unfinishedName.test(found))) {
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime();
    if (now.getTime() - changed > hourMs) rmSync(path, { force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
