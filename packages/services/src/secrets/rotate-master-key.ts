import { dirname, join } from 'node:path';
import { type Database, holdFile } from '@patchbay/db';
import { rotationLockName } from '../backups/places.ts';
import { SettingsError } from '../settings.ts';
import { newMasterKey } from './key-file.ts';
import type { Keyring, MasterKey } from './keyring.ts';
import { allMasterKeys, LockedError, type MasterKeys, openDataKey, sealDataKey } from './secret-store.ts';

/** A step of a rotation that is done and on the disk. After any of them the process may die: nothing is lost. */
export type RotationStep =
  | { done: 'key-added'; masterKeyId: string }
  | { done: 'resealed'; workspaceId: string }
  | { done: 'keys-dropped'; masterKeyIds: readonly string[] };

export interface Rotation {
  database: Pick<Database, 'dataKeys'>;
  masterKeys: MasterKeys;
}

/** Data keys read at once. */
const batch = 100;

/**
 * Puts a new master key in force while servers go on: adds it, seals every data key with it, drops the others. A
 * rotation that was interrupted is finished by the next one. With `PATCHBAY_SECRET_KEY` its first key is the new one.
 */
export async function* rotateMasterKey({ database, masterKeys }: Rotation): AsyncGenerator<RotationStep, void> {
  const unlock = lock(join(dirname(masterKeys.file.path), rotationLockName));
  try {
    const before = allMasterKeys(masterKeys);
    const master = inForce(masterKeys);
    if (!before.some(({ id }) => id === master.id)) yield { done: 'key-added', masterKeyId: master.id };
    const keys = [master, ...before];
    yield* resealAll(database, master, keys);
    const dropped = masterKeys.file.read().filter(({ id }) => id !== master.id);
    if (dropped.length === 0) return;
    if (masterKeys.setting.length > 0) masterKeys.file.remove();
    else masterKeys.file.replace([master]);
    yield { done: 'keys-dropped', masterKeyIds: dropped.map(({ id }) => id) };
    // A server may have sealed one more key with the old master in between; we still have that in memory.
    yield* resealAll(database, master, keys);
  } finally {
    unlock();
  }
}

/** The key to seal with: the setting's first; else a new one, or the new one of a rotation that was interrupted. */
function inForce({ setting, file }: MasterKeys): MasterKey {
  const [first] = setting;
  if (first !== undefined) return first;
  const keys = file.read();
  if (keys.length > 1 && keys[0] !== undefined) return keys[0];
  const made = newMasterKey();
  file.replace([made, ...keys]);
  return made;
}

async function* resealAll(database: Rotation['database'], master: MasterKey, keys: Keyring): AsyncGenerator<RotationStep, void> {
  for (;;) {
    const rows = await database.dataKeys.notSealedBy(master.id, batch);
    if (rows.length === 0) return;
    for (const row of rows) {
      const key = openDataKey(keys, row);
      if (key === undefined) throw new LockedError(`master key ${row.masterKeyId} is missing`);
      // Not replaced where the workspace got another row meanwhile: the next look finds that one.
      const replaced = await database.dataKeys.replace(row, sealDataKey(master, row.workspaceId, key));
      if (replaced) yield { done: 'resealed', workspaceId: row.workspaceId };
    }
  }
}

/** Two rotations at once could each drop the other's key. */
function lock(path: string): () => void {
  const leave = holdFile(path);
  if (leave === undefined) throw new SettingsError('Another rotation is under way. Wait until it has ended.');
  return leave;
}
