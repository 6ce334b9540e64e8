import { randomBytes } from 'node:crypto';
import type { Database, DataKeyRow } from '@patchbay/db';
import type { KeyFile } from './key-file.ts';
import type { Keyring, MasterKey } from './keyring.ts';
import { type Binding, seal, unseal } from './seal.ts';

/** A stored secret that cannot be opened: its master key is missing, or what is stored was changed by someone else. */
export class LockedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LockedError';
  }
}

/** Where a secret belongs. Moved to another row, workspace, version or origin, it does not open. */
export interface SecretPlace {
  workspaceId: string;
  credentialId: string;
  version: number;
  origin: string;
}

/** Seals and opens the secrets of workspaces: each under its workspace's data key, that under a master key. */
export interface SecretStore {
  /** Makes what is missing on first use: a data key, a master key. Rejects with LockedError. */
  seal(place: SecretPlace, secret: string): Promise<string>;
  /** Rejects with LockedError. */
  open(place: SecretPlace, sealed: string): Promise<string>;
}

export interface MasterKeys {
  /** Of `PATCHBAY_SECRET_KEY`; where there are some, their first is in force. */
  setting: Keyring;
  file: KeyFile;
}

export interface SecretStoreOptions {
  database: Pick<Database, 'dataKeys' | 'credentials'>;
  masterKeys: MasterKeys;
}

const bindingOf = ({ workspaceId, credentialId, version, origin }: SecretPlace): Binding => [
  'credential',
  workspaceId,
  credentialId,
  version,
  origin,
];

/** All master keys, the one in force first. */
export const allMasterKeys = ({ setting, file }: MasterKeys): Keyring => [...setting, ...file.read()];

export function sealDataKey(master: MasterKey, workspaceId: string, dataKey: Uint8Array): DataKeyRow {
  return { workspaceId, masterKeyId: master.id, sealed: seal(master.bytes, dataKey, ['data-key', workspaceId, master.id]) };
}

/** The data key of the row, where one of these master keys opens it. */
export function openDataKey(keys: Keyring, { workspaceId, masterKeyId, sealed }: DataKeyRow): Buffer | undefined {
  const master = keys.find(({ id }) => id === masterKeyId);
  return master && unseal(master.bytes, sealed, ['data-key', workspaceId, masterKeyId]);
}

export function createSecretStore({ database, masterKeys }: SecretStoreOptions): SecretStore {
  /** A data key never changes while it seals something, so one that was opened once stays good through every rotation. */
  const opened = new Map<string, { sealed: string; key: Buffer }>();

  /** The file is read anew each time a key is opened: another process may have rotated it. */
  const openRow = (row: DataKeyRow): Buffer | undefined => openDataKey(allMasterKeys(masterKeys), row);

  function keyOf(row: DataKeyRow): Buffer {
    const known = opened.get(row.workspaceId);
    if (known?.sealed === row.sealed) return known.key;
    const key = openRow(row);
    if (key === undefined) throw new LockedError(`master key ${row.masterKeyId} is missing`);
    opened.set(row.workspaceId, { sealed: row.sealed, key });
    return key;
  }

  /** In place of the row that is lost, where there is one: of any other that is there by now its key is taken. */
  const makeDataKey = async (workspaceId: string, lost: DataKeyRow | undefined): Promise<Buffer> => {
    const master = masterKeys.setting[0] ?? masterKeys.file.readOrMake()[0];
    if (master === undefined) throw new LockedError('there is no master key');
    const key = randomBytes(32);
    const made = sealDataKey(master, workspaceId, key);
    if (lost !== undefined) await database.dataKeys.replace(lost, made);
    const row = await database.dataKeys.createOrRead(made);
    if (row.sealed !== made.sealed) return keyOf(row);
    await resealIfDropped(row, key);
    return key;
  };

  /** A rotation may have dropped the master key between our look and our write; its own last look may have been too early. */
  async function resealIfDropped(row: DataKeyRow, key: Buffer): Promise<void> {
    const [first, ...rest] = allMasterKeys(masterKeys);
    if (first === undefined || [first, ...rest].some(({ id }) => id === row.masterKeyId)) return;
    await database.dataKeys.replace(row, sealDataKey(first, row.workspaceId, key));
  }

  /** A data key that is lost may be given up once nothing is left that it sealed. */
  async function usableDataKey(workspaceId: string): Promise<Buffer> {
    const row = await database.dataKeys.read(workspaceId);
    try {
      return row === undefined ? await makeDataKey(workspaceId, undefined) : keyOf(row);
    } catch (error) {
      if (!(error instanceof LockedError) || row === undefined) throw error;
      const rows = await database.credentials.list(workspaceId);
      if (rows.some(({ sealed }) => sealed !== null)) throw error;
      return makeDataKey(workspaceId, row);
    }
  }

  return {
    seal: async (place, secret) => seal(await usableDataKey(place.workspaceId), Buffer.from(secret, 'utf8'), bindingOf(place)),
    open: async (place, sealed) => {
      const row = await database.dataKeys.read(place.workspaceId);
      const secret = row && unseal(keyOf(row), sealed, bindingOf(place));
      if (secret === undefined) throw new LockedError(`credential ${place.credentialId} does not open`);
      return secret.toString('utf8');
    },
  };
}
