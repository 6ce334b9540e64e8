import { type CredentialRow, newId, StorageError } from '@patchbay/db';
import { addressOfProvider } from '@patchbay/host';
import { type Ctx, requireScope } from '../context.ts';
import { slugOf } from '../flows/slug.ts';
import type { CredentialResource } from '../resources.ts';
import { LockedError } from '../secrets/secret-store.ts';
import { ServiceError } from '../service-error.ts';
import { readAddress, refuseAt } from './address.ts';
import { credentialResource, hintOf, type StoredTest } from './credential-resource.ts';
import { type CreateCredentialInput, type NewProvider, type NewSecret, namePattern } from './input.ts';
import { demandWorking, probeConnection } from './probe-credential.ts';
import { cardOf } from './providers.ts';
import { connectionOf, placeOf } from './vault.ts';

type Made = Pick<CredentialRow, 'kind' | 'title' | 'provider' | 'baseUrl' | 'origin' | 'model'> & { wish: string };

/** Makes a connection, once it has been seen to work, and seals its secret. The answer never holds it. */
export async function createCredential({ ctx, input }: { ctx: Ctx; input: CreateCredentialInput }): Promise<CredentialResource> {
  requireScope(ctx, 'manage');
  const made = input.kind === 'provider' ? readProvider(ctx, input) : readSecret(ctx, input);
  const name = input.name ?? (await freeName(ctx, made));
  const lastTest = input.kind === 'provider' && input.untested !== true ? await test(ctx, { ...made, name }, input.key) : undefined;
  const { wish: _wish, ...fields } = made;
  const id = newId('cred');
  const now = ctx.deps.now();
  const row = { ...fields, id, name, version: 1, hint: hintOf(input.key), createdAt: now, changedAt: now };
  const sealed = input.key === undefined ? null : await sealSecret(ctx, row, input.key);
  await store(ctx, { ...row, sealed, lastTest: lastTest === undefined ? null : JSON.stringify(lastTest) });
  return credentialResource(ctx, id);
}

function readProvider(ctx: Ctx, { provider, key, title, baseUrl, model }: NewProvider): Made {
  const card = cardOf(provider);
  if (card === undefined) throw refuseAt(ctx, '/provider', 'provider_unknown', { provider });
  if (card.needsBaseUrl && baseUrl === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_needed');
  // Another server than the provider's own may need none.
  if (card.needsKey && key === undefined && baseUrl === undefined) throw refuseAt(ctx, '/key', 'key_needed');
  const own = baseUrl === undefined ? null : readAddress(ctx, baseUrl);
  const address = own ?? addressOfProvider(provider);
  if (address === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_needed');
  const wish = card.needsBaseUrl ? slugOf(title ?? new URL(address).hostname) : provider;
  const origin = new URL(address).origin;
  return { kind: 'provider', provider, baseUrl: own, origin, model: model ?? null, title: title ?? card.title[ctx.locale], wish };
}

function readSecret(ctx: Ctx, { title, baseUrl }: NewSecret): Made {
  const { origin } = new URL(readAddress(ctx, baseUrl));
  return { kind: 'secret', provider: null, baseUrl: null, origin, model: null, title, wish: slugOf(title) };
}

async function test(ctx: Ctx, made: Made & { name: string }, key: string | undefined): Promise<StoredTest> {
  const connection = connectionOf(made, key);
  if (connection === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_invalid');
  const result = await probeConnection(ctx, { connection, title: made.title, model: made.model });
  demandWorking(ctx, result);
  return result;
}

/** Seals the secret for its row. Throws `secrets_locked` where the master key is missing. */
export async function sealSecret(
  { deps, workspaceId }: Ctx,
  row: Pick<CredentialRow, 'id' | 'version' | 'origin'>,
  secret: string,
): Promise<string> {
  try {
    return await deps.secrets.seal(placeOf({ ...row, workspaceId }), secret);
  } catch (error) {
    throw error instanceof LockedError ? new ServiceError('unavailable', 'secrets_locked') : error;
  }
}

async function store({ deps, workspaceId }: Ctx, row: Omit<CredentialRow, 'workspaceId'>): Promise<void> {
  try {
    await deps.database.credentials.create(workspaceId, row);
  } catch (error) {
    if (!(error instanceof StorageError && error.reason === 'conflict')) throw error;
    throw new ServiceError('conflict', 'credential_name_taken', { params: { name: row.name } });
  } finally {
    deps.vault.forget(workspaceId);
  }
}

/** The wish, or the first of `wish-2`, `wish-3`, … that is free. */
async function freeName({ deps, workspaceId }: Ctx, { kind, wish }: Made): Promise<string> {
  const plain = wish.replace(/^[^a-z]+/, '').slice(0, 36);
  const stem = namePattern.test(plain) && plain !== 'auto' && plain !== 'demo' ? plain : kind === 'secret' ? 'secret' : 'server';
  const rows = await deps.database.credentials.list(workspaceId);
  const taken = new Set(rows.filter((row) => row.kind === kind).map((row) => row.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(name)) return name;
  }
}
