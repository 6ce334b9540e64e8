import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesName } from './places.ts';

/** Where the files of a backup lie: a folder beside it, since they are too large for the database. */
export const filesBeside = (backup: string): string => `${backup}.files`;

/** Copies the files of an installation beside its backup. The database was copied first, so none that it names is missing. */
export function copyFilesOut(dataFolder: string, backup: string): void {
  const source = join(dataFolder, filesName);
  rmSync(filesBeside(backup), { recursive: true, force: true });
  if (!existsSync(source)) return;
  try {
    cpSync(source, filesBeside(backup), { recursive: true, filter: (path) => !path.endsWith('.part') });
  } catch (error) {
    rmSync(filesBeside(backup), { recursive: true, force: true });
    throw error;
  }
}

/**
 * Gets the files of a backup ready in the data folder; the answer puts them in the place of those that are there, which go
 * beside the copy of the database they belong to. A backup without files leaves those that are there.
 */
export function readyFiles(backup: string, dataFolder: string): { swap: (before: string | undefined) => void; drop: () => void } {
  const ready = join(dataFolder, `${filesName}.restoring`);
  rmSync(ready, { recursive: true, force: true });
  const drop = (): void => rmSync(ready, { recursive: true, force: true });
  if (!existsSync(filesBeside(backup))) return { swap: () => {}, drop };
  cpSync(filesBeside(backup), ready, { recursive: true });
  const place = join(dataFolder, filesName);
  return {
    swap: (before) => {
      if (existsSync(place)) {
        if (before === undefined) rmSync(place, { recursive: true });
        else renameSync(place, filesBeside(before));
      }
      renameSync(ready, place);
    },
    drop,
  };
}
