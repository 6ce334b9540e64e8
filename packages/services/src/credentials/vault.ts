import type { CredentialRow, Database } from '@patchbay/db';
import { CloudFault, type Connection, type ConnectionSource, openStored, type WorkspaceAccess } from '@patchbay/host';
import { StepError } from '@patchbay/node-kit';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../deps.ts';
import { LockedError, type SecretStore } from '../secrets/secret-store.ts';
import { usableByOf } from './usable-by.ts';

/** What runs get of the stored credentials. */
export interface Vault extends ConnectionSource {
  /** Makes a change be in force at once. */
  forget(workspaceId: string): void;
}

export interface VaultOptions {
  database: Pick<Database, 'credentials' | 'workspaces'>;
  secrets: SecretStore;
  onTrouble: Deps['onTrouble'];
}

/** How long what was read is trusted: within a second a change made by another process is seen too. */
const trusted = { ttl: 900, ttlResolution: 100 };

interface Known {
  /** Changes with every change of a row. */
  mark: string;
  access: WorkspaceAccess;
}

export function createVault({ database, secrets, onTrouble }: VaultOptions): Vault {
  const fresh = new LRUCache<string, WorkspaceAccess>({ max: 1_000, ...trusted });
  const known = new LRUCache<string, Known>({ max: 1_000 });

  const open = async (row: CredentialRow): Promise<string | undefined> =>
    row.sealed === null ? undefined : secrets.open(placeOf(row), row.sealed);

  async function read(workspaceId: string): Promise<WorkspaceAccess> {
    const [rows, defaultModel] = await Promise.all([
      database.credentials.list(workspaceId),
      database.workspaces.readDefaultModel(workspaceId),
    ]);
    const mark = JSON.stringify([defaultModel, rows.map(markOf)]);
    const before = known.get(workspaceId);
    const access = before?.mark === mark && before.access.faults.size === 0 ? before.access : await openAll(rows, defaultModel);
    known.set(workspaceId, { mark, access });
    fresh.set(workspaceId, access);
    return access;
  }

  async function openAll(rows: readonly CredentialRow[], defaultModel: string | null): Promise<WorkspaceAccess> {
    const faults = new Map<string, string>();
    const connections: Connection[] = [];
    for (const row of rows) {
      if (row.kind !== 'provider') continue;
      const apiKey = await open(row).catch((error: unknown) => {
        if (!(error instanceof LockedError)) throw error;
        onTrouble('secret_locked', error);
        faults.set(row.name, 'secrets_locked');
        return undefined;
      });
      const connection = connectionOf(row, apiKey);
      if (connection === undefined) faults.set(row.name, 'secrets_locked');
      const usable = connection !== undefined && !faults.has(row.name);
      connections.push(usable ? connection : { ...unusable, id: row.name, baseUrl: row.origin });
    }
    const reserved = new Set(rows.flatMap((row) => (row.kind === 'provider' && usableByOf(row) === 'managers' ? [row.name] : [])));
    return { connections, defaultModel: defaultModel ?? undefined, faults, reserved };
  }

  return {
    access: (workspaceId) => fresh.get(workspaceId) ?? read(workspaceId),
    async secret(workspaceId, name) {
      const row = await database.credentials.findByName(workspaceId, 'secret', name);
      if (row === undefined || row.sealed === null) return undefined;
      const value = await open(row).catch((error: unknown) => {
        throw error instanceof LockedError ? new StepError('auth', 'secrets_locked', {}) : error;
      });
      return value === undefined ? undefined : { value, origin: row.origin, reserved: usableByOf(row) === 'managers' };
    },
    forget: (workspaceId) => void fresh.delete(workspaceId),
  };
}

/** All of a row that decides what runs may do with it. */
const markOf = ({ id, sealed, model, baseUrl, region, origin, usableBy }: CredentialRow): unknown[] => [
  id,
  sealed,
  model,
  baseUrl,
  region,
  origin,
  usableBy,
];

export const placeOf = ({ workspaceId, id, version, origin }: Pick<CredentialRow, 'workspaceId' | 'id' | 'version' | 'origin'>) => ({
  workspaceId,
  credentialId: id,
  version,
  origin,
});

/** Stands for a connection that must not be used; its model is named so that nobody asks for one. */
const unusable = { model: 'none', privateAllowed: false, auto: true };

/** The connection of a row with its opened key. Undefined where its address is not of the origin the row is bound to. */
export function connectionOf(row: ConnectionFields & Pick<CredentialRow, 'origin'>, apiKey: string | undefined): Connection | undefined {
  try {
    const connection = openRow(row, apiKey);
    return connection !== undefined && new URL(connection.baseUrl).origin === row.origin ? connection : undefined;
  } catch (error) {
    if (error instanceof CloudFault) return undefined;
    throw error;
  }
}

export type ConnectionFields = Pick<CredentialRow, 'name' | 'provider' | 'baseUrl' | 'region' | 'model'>;

/** Wherever the row leads. Throws CloudFault where a part is missing. */
export const openRow = ({ name, provider, baseUrl, region, model }: ConnectionFields, apiKey: string | undefined): Connection | undefined =>
  openStored({
    name,
    provider: provider ?? '',
    baseUrl: baseUrl ?? undefined,
    apiKey,
    region: region ?? undefined,
    model: model ?? undefined,
  });
