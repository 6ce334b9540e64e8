import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StorageError } from './storage-error.ts';

/** Beside src in the repository, beside the program where it is built. */
export function migrationsFolder(): string {
  const places = ['../drizzle', './drizzle'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(`${place}/meta/_journal.json`));
  if (found === undefined) throw new StorageError('unreadable', 'The migrations of the database are missing from this installation.');
  return found;
}
