import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CopyProgress, copyDatabase, describeFile, type FileDescription, StorageError, timeInName } from '@patchbay/db';
import { openKeyFile } from '../secrets/key-file.ts';
import { keysOfSetting } from '../secrets/keyring.ts';
import { SettingsError } from '../settings.ts';
import { copyFilesOut } from './file-copies.ts';
import { databaseName } from './places.ts';

export interface BackUpInput {
  dataFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** A file, or a folder that is there, which then gets a file named by the time. */
  target: string;
  /** Writes over a file of that name. */
  replace: boolean;
  onProgress?: (progress: CopyProgress) => void;
}

export interface Backup extends Pick<FileDescription, 'flows' | 'runs' | 'masterKeyIds'> {
  file: string;
  bytes: number;
  /** Where the keys are without which the stored connections of the backup do not open. They are not in it. */
  keys: { place: 'none' } | { place: 'file'; path: string } | { place: 'setting' } | { place: 'missing' };
}

/**
 * Copies all data into one file while a server works with it, and reads the copy through. Nothing is migrated.
 * Rejects with StorageError or SettingsError, whose message is a sentence; then there is no new file.
 */
export async function backUp({ dataFolder, environment, target, replace, onProgress }: BackUpInput): Promise<Backup> {
  const source = join(dataFolder, databaseName);
  if (!existsSync(source)) throw new SettingsError(`There is no data in ${dataFolder}. Name the folder with --data, or set PATCHBAY_DATA.`);
  const file = isFolder(target) ? join(target, `patchbay-${timeInName(new Date())}.db`) : target;
  if (!replace && existsSync(file)) throw fileThere(file);
  try {
    await copyDatabase(source, file, { verify: true, replace, ...(onProgress === undefined ? {} : { onProgress }) });
  } catch (error) {
    throw error instanceof StorageError && error.reason === 'conflict' ? fileThere(file) : error;
  }
  try {
    copyFilesOut(dataFolder, file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  const { flows, runs, masterKeyIds } = describeFile(file);
  return { file, bytes: statSync(file).size, flows, runs, masterKeyIds, keys: keysOf(masterKeyIds, dataFolder, environment) };
}

function keysOf(needed: readonly string[], dataFolder: string, environment: BackUpInput['environment']): Backup['keys'] {
  if (needed.length === 0) return { place: 'none' };
  const file = openKeyFile(dataFolder);
  const holds = (keys: readonly { id: string }[]): boolean => needed.every((id) => keys.some((key) => key.id === id));
  if (holds(file.read())) return { place: 'file', path: file.path };
  return { place: holds([...keysOfSetting(environment['PATCHBAY_SECRET_KEY']), ...file.read()]) ? 'setting' : 'missing' };
}

const fileThere = (file: string) =>
  new SettingsError(`There is a file ${file} already. Choose another name, or add --force to replace it.`);

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
