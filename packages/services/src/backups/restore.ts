import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CopyProgress,
  checkUnused,
  copyDatabase,
  describeFile,
  type FileDescription,
  openDatabase,
  replaceDatabase,
  StorageError,
} from '@patchbay/db';
import { type KeyFile, keyFileAt, openKeyFile } from '../secrets/key-file.ts';
import { keysOfSetting } from '../secrets/keyring.ts';
import { SettingsError } from '../settings.ts';
import { checkSecrets, type SecretsCheck } from './check-secrets.ts';
import { claimDataFolder } from './claim-data-folder.ts';
import { readyFiles } from './file-copies.ts';
import { copiesName, databaseName, isData } from './places.ts';

export interface RestoreInput {
  /** The backup. */
  file: string;
  dataFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** The key file of the installation the backup is of. Its keys must open all that is stored. */
  keyFile?: string | undefined;
  /** Replaces data that is there; it is kept among the copies. */
  replace: boolean;
  onProgress?: (progress: CopyProgress) => void;
}

export interface Restored extends Pick<FileDescription, 'flows' | 'runs'> {
  /** How stored connections open with the keys that are there now. */
  secrets: SecretsCheck;
  /** What was there before, where there was something. */
  before: string | undefined;
}

/**
 * Puts a backup in the place of the data. All of it is checked on a copy beside that place: the file reads through, its
 * schema is known and brought up to date, its secrets open. Then one rename makes it the data, so the folder holds the
 * old or the new whenever the process dies. Rejects with StorageError or SettingsError, whose message is a sentence.
 */
export async function restore(input: RestoreInput): Promise<Restored> {
  const { file, dataFolder, replace } = input;
  checkBackup(file);
  checkPlace(dataFolder, replace);
  const target = join(dataFolder, databaseName);
  if (existsSync(target)) checkUnused(target);
  const leave = claimDataFolder(dataFolder);
  try {
    return await putInPlace(input, target);
  } finally {
    leave();
  }
}

async function putInPlace(input: RestoreInput, target: string): Promise<Restored> {
  const { file, dataFolder, onProgress } = input;
  const files = readyFiles(file, dataFolder);
  const next = `${target}.${randomBytes(6).toString('hex')}.restoring`;
  try {
    await copyDatabase(file, next, { verify: true, ...(onProgress === undefined ? {} : { onProgress }) });
    const secrets = await tryOut(next, input);
    const { flows, runs } = describeFile(next);
    addKeys(input);
    const before = replaceDatabase(next, target);
    files.swap(before);
    return { flows, runs, secrets, before };
  } finally {
    files.drop();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${next}${suffix}`, { force: true });
  }
}

/** Opens the copy as a server would: migrated, with the keys that will be there. */
async function tryOut(copy: string, { dataFolder, environment, keyFile }: RestoreInput): Promise<SecretsCheck> {
  const setting = keysOfSetting(environment['PATCHBAY_SECRET_KEY']);
  const given = keyFile === undefined ? [] : readKeys(keyFile);
  const file: Pick<KeyFile, 'read'> = { read: () => [...given, ...openKeyFile(dataFolder).read()] };
  const database = await openDatabase(copy, { keepCopy: false });
  try {
    const check = await checkSecrets(database, { setting, file });
    if (keyFile === undefined || check.locked.length === 0) return check;
    throw new SettingsError(
      `The key file ${keyFile} does not open ${check.locked.join(', ')}: needed are the master keys ${check.missingKeyIds.join(', ')}. Nothing was restored.`,
    );
  } finally {
    await database.close();
  }
}

/** The given keys come in force before the data they open. Those that are there stay, since the old data needs them. */
function addKeys({ dataFolder, keyFile }: RestoreInput): void {
  if (keyFile === undefined) return;
  const place = openKeyFile(dataFolder);
  const given = readKeys(keyFile);
  const known = place.read().filter(({ id }) => !given.some((key) => key.id === id));
  place.replace([...given, ...known]);
}

function readKeys(path: string) {
  const keys = keyFileAt(path).read();
  if (keys.length > 0) return keys;
  throw new SettingsError(existsSync(path) ? `There are no keys in ${path}.` : `There is no file ${path}.`);
}

function checkBackup(file: string): void {
  if (!existsSync(file)) throw new SettingsError(`There is no file ${file}.`);
  try {
    if (describeFile(file).applied > 0) return;
  } catch (error) {
    const words = error instanceof StorageError ? refusals[error.reason] : undefined;
    throw words === undefined ? error : new SettingsError(`The file ${file} ${words} Nothing was restored.`);
  }
  throw new SettingsError(`The file ${file} is empty, so it is no backup. Nothing was restored.`);
}

const refusals: Partial<Record<StorageError['reason'], string>> = {
  corrupt: 'is damaged, or is no backup. Use another one.',
  newer: 'was made by a newer version of Patchbay. Restore it with that version.',
  unreadable: 'is no backup of Patchbay, or may not be read by this user.',
};

function checkPlace(dataFolder: string, replace: boolean): void {
  if (replace || !existsSync(dataFolder)) return;
  if (!readdirSync(dataFolder).some(isData)) return;
  throw new SettingsError(
    `There is something in ${dataFolder} already. Choose another folder with --data, or add --force to replace the data; the data that is there is kept in ${join(dataFolder, copiesName)}.`,
  );
}
