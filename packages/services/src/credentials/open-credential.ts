import type { CredentialRow } from '@patchbay/db';
import type { Connection } from '@patchbay/host';
import type { Ctx } from '../context.ts';
import { LockedError } from '../secrets/secret-store.ts';
import { ServiceError } from '../service-error.ts';
import { connectionOf, placeOf } from './vault.ts';

/** The connection of a stored row, with its secret. It goes to the host and nowhere else. */
export async function openCredential({ deps }: Pick<Ctx, 'deps'>, row: CredentialRow): Promise<Connection> {
  if (row.kind !== 'provider') throw new ServiceError('invalid_input', 'not_a_provider');
  try {
    const key = row.sealed === null ? undefined : await deps.secrets.open(placeOf(row), row.sealed);
    const connection = connectionOf(row, key);
    if (connection !== undefined) return connection;
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
  }
  throw new ServiceError('unavailable', 'secrets_locked');
}
