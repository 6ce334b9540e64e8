import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { SettingsError } from '../settings.ts';
import { type Keyring, type MasterKey, masterKey } from './keyring.ts';

/** Beside the database and never inside it: whoever has only a copy of the database can open nothing. */
export const keyFileName = 'secret-keys.json';

const shape = z.strictObject({
  format: z.literal('patchbay/secret-keys'),
  version: z.literal(1),
  keys: z.array(z.strictObject({ id: z.string(), key: z.base64() })).max(100),
});

/** The master keys of an installation without `PATCHBAY_SECRET_KEY`, in a file only its owner may read. */
export interface KeyFile {
  path: string;
  /** The keys, the one in force first; none where there is no file. Throws SettingsError for a file that cannot be used. */
  read(): Keyring;
  /** The keys, and where there is no file yet, one new key in a new file. Of two processes that do so at once one wins. */
  readOrMake(): Keyring;
  /** Puts these keys in place of all others: as a whole or, where the process dies, not at all. */
  replace(keys: Keyring): void;
  /** Takes the file away, where other keys have come in force. */
  remove(): void;
}

export const openKeyFile = (dataFolder: string): KeyFile => keyFileAt(join(dataFolder, keyFileName));

export function keyFileAt(path: string): KeyFile {
  const read = (): Keyring => {
    const text = readText(path);
    return text === undefined ? [] : parse(path, text);
  };
  return {
    path,
    read,
    readOrMake() {
      const known = read();
      if (known.length > 0) return known;
      makeIfAbsent(path, [newMasterKey()]);
      return read();
    },
    replace: (keys) => writeAside(path, keys, (aside) => renameSync(aside, path)),
    remove() {
      rmSync(path, { force: true });
      syncFolder(dirname(path));
    },
  };
}

export const newMasterKey = (): MasterKey => masterKey(randomBytes(32));

function readText(path: string): string | undefined {
  try {
    tighten(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new SettingsError(`The key file ${path} cannot be read by this user. Without it the stored connections cannot be opened.`);
  }
}

/** A backup tool or an editor may have left it open to others; windows has no such modes. */
function tighten(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function parse(path: string, text: string): Keyring {
  try {
    const { keys } = shape.parse(JSON.parse(text));
    const known = keys.map(({ key }) => masterKey(Buffer.from(key, 'base64')));
    if (known.every(({ id }, at) => id === keys[at]?.id)) return known;
  } catch {
    // The parser's message could repeat a key.
  }
  throw new SettingsError(`The key file ${path} is damaged. Restore it from a backup: without it the stored connections cannot be opened.`);
}

/** A link, unlike a rename, fails where there is a file: then another process was first, and its key is as good. */
function makeIfAbsent(path: string, keys: Keyring): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeAside(path, keys, (aside) => {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    rmSync(aside);
  });
}

/** Writes a file nobody reads yet, makes sure it is on the disk, and lets `place` give it its name. */
function writeAside(path: string, keys: Keyring, place: (aside: string) => void): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const content = {
    format: 'patchbay/secret-keys',
    version: 1,
    keys: keys.map(({ id, bytes }) => ({ id, key: bytes.toString('base64') })),
  };
  const handle = openSync(aside, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(content, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  place(aside);
  syncFolder(dirname(path));
}

/** A new name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
