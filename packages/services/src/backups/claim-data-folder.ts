import { join } from 'node:path';
import { holdFile } from '@patchbay/db';
import { SettingsError } from '../settings.ts';
import { lockName } from './places.ts';

/**
 * Makes this process the one that runs the flows of a data folder, until what is answered is called or it dies. Commands
 * beside a server claim nothing. Throws SettingsError or StorageError, whose message is a sentence.
 */
export function claimDataFolder(dataFolder: string): () => void {
  const leave = holdFile(join(dataFolder, lockName));
  if (leave !== undefined) return leave;
  throw new SettingsError(
    `Another Patchbay runs on the data in ${dataFolder}. Stop that one first, or set PATCHBAY_DATA to another folder.`,
  );
}
