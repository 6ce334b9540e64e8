import type { Database } from '@patchbay/db';
import { placeOf } from '../credentials/vault.ts';
import type { KeyFile } from '../secrets/key-file.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { createSecretStore, LockedError, openDataKey } from '../secrets/secret-store.ts';

export interface SecretsCheck {
  /** Stored connections and secrets that open. */
  opened: number;
  /** Titles of those that do not. */
  locked: string[];
  /** Master keys that are needed and not there. */
  missingKeyIds: string[];
}

export interface CheckedKeys {
  setting: Keyring;
  file: Pick<KeyFile, 'read'>;
}

/** Workspaces looked at. */
const most = 100_000;

/** Opens every stored secret with these keys, and keeps none of them. */
export async function checkSecrets(database: Database, { setting, file }: CheckedKeys): Promise<SecretsCheck> {
  const keys = [...setting, ...file.read()];
  const refuse = (): never => {
    throw new LockedError('a check makes no keys');
  };
  const store = createSecretStore({
    database,
    masterKeys: { setting, file: { path: '', read: () => file.read(), readOrMake: refuse, replace: refuse, remove: refuse } },
  });
  const check: SecretsCheck = { opened: 0, locked: [], missingKeyIds: [] };
  for (const row of await database.dataKeys.notSealedBy('', most)) {
    const sealed = (await database.credentials.list(row.workspaceId)).filter((credential) => credential.sealed !== null);
    if (sealed.length > 0 && openDataKey(keys, row) === undefined) check.missingKeyIds.push(row.masterKeyId);
    for (const credential of sealed) {
      const opens = await store.open(placeOf(credential), credential.sealed ?? '').then(
        () => true,
        (error: unknown) => {
          if (error instanceof LockedError) return false;
          throw error;
        },
      );
      if (opens) check.opened += 1;
      else check.locked.push(credential.title);
    }
  }
  return check;
}
