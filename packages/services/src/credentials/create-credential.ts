import { type CredentialRow, newId, StorageError } from '@patchbay/db';
import { type Ctx, requireScope } from '../context.ts';
import { slugOf } from '../flows/slug.ts';
import type { CredentialResource } from '../resources.ts';
import { LockedError } from '../secrets/secret-store.ts';
import { ServiceError } from '../service-error.ts';
import { readAddress, refuseAt } from './address.ts';
import { credentialResource, type StoredTest } from './credential-resource.ts';
import { type CreateCredentialInput, type NewProvider, type NewSecret, namePattern } from './input.ts';
import { demandWorking, probeConnection } from './probe-credential.ts';
import { cardOf, type ProviderCard, partOf } from './providers.ts';
import { hintOf, orRefuse, readKey } from './read-key.ts';
import { connectionOf, openRow, placeOf } from './vault.ts';

type Made = Pick<CredentialRow, 'kind' | 'title' | 'provider' | 'baseUrl' | 'region' | 'origin' | 'model' | 'usableBy'>;
/** What is made of the body: the fields of a row, its secret, and the name it would like. */
interface Draft {
  made: Made;
  key: string | undefined;
  wish: string;
}

/** Makes a connection, once it has been seen to work, and seals its secret. The answer never holds it. */
export async function createCredential({ ctx, input }: { ctx: Ctx; input: CreateCredentialInput }): Promise<CredentialResource> {
  requireScope(ctx, 'manage');
  const { made, key, wish } = input.kind === 'provider' ? readProvider(ctx, input) : readSecret(ctx, input);
  const name = input.name ?? (await freeName(ctx, made.kind, wish));
  const lastTest = input.kind === 'provider' && input.untested !== true ? await test(ctx, { ...made, name }, key) : undefined;
  const id = newId('cred');
  const now = ctx.deps.now();
  const row = { ...made, id, name, version: 1, hint: hintOf(made.provider, key), createdAt: now, changedAt: now };
  const sealed = key === undefined ? null : await sealSecret(ctx, row, key);
  await store(ctx, { ...row, sealed, lastTest: lastTest === undefined ? null : JSON.stringify(lastTest) });
  return credentialResource(ctx, id);
}

function readProvider(ctx: Ctx, input: NewProvider): Draft {
  const { provider, title, model = null, region = null, usableBy = 'everyone' } = input;
  const card = cardOf(provider);
  if (card === undefined) throw refuseAt(ctx, '/provider', 'provider_unknown', { provider });
  demandParts(ctx, card, input);
  const baseUrl = input.baseUrl === undefined ? null : readAddress(ctx, input.baseUrl);
  const key = input.key === undefined ? undefined : readKey(ctx, { kind: 'provider', provider }, input.key);
  const connection = orRefuse(ctx, () => openRow({ name: provider, provider, baseUrl, region, model }, key));
  if (connection === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_needed');
  const { origin, hostname } = new URL(connection.baseUrl);
  const made = { kind: 'provider', provider, baseUrl, region, origin, model, usableBy, title: title ?? card.title[ctx.locale] };
  // A server of one's own is called by its title or its host; whoever has a name of its own, by that.
  return { made, key, wish: provider === 'custom' ? slugOf(title ?? hostname) : provider };
}

/** Refuses at its place what the provider needs and the body has not, or has and the provider knows nothing of. */
function demandParts(ctx: Ctx, { id, needsBaseUrl, needsKey }: ProviderCard, { key, baseUrl, region, model }: NewProvider): void {
  if (needsBaseUrl && baseUrl === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_needed');
  // Another server than the provider's own may need none; a cloud is the same cloud at every address.
  if (needsKey && key === undefined && (baseUrl === undefined || partOf(id, 'key') !== undefined))
    throw refuseAt(ctx, '/key', 'key_needed');
  if (partOf(id, 'model')?.required === true && model === undefined) throw refuseAt(ctx, '/model', 'deployment_needed');
  if (region !== undefined && partOf(id, 'region') === undefined) throw refuseAt(ctx, '/region', 'region_not_here');
}

function readSecret(ctx: Ctx, { title, baseUrl, key, usableBy = 'everyone' }: NewSecret): Draft {
  const { origin } = new URL(readAddress(ctx, baseUrl));
  const made = { kind: 'secret', provider: null, baseUrl: null, region: null, origin, model: null, usableBy, title };
  return { made, key: readKey(ctx, made, key), wish: slugOf(title) };
}

async function test(ctx: Ctx, made: Made & { name: string }, key: string | undefined): Promise<StoredTest> {
  const connection = connectionOf(made, key);
  if (connection === undefined) throw refuseAt(ctx, '/baseUrl', 'base_url_invalid');
  const result = await probeConnection(ctx, { connection, title: made.title, model: made.model });
  demandWorking(ctx, result, made);
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
async function freeName({ deps, workspaceId }: Ctx, kind: string, wish: string): Promise<string> {
  const plain = wish.replace(/^[^a-z]+/, '').slice(0, 36);
  const stem = namePattern.test(plain) && plain !== 'auto' && plain !== 'demo' ? plain : kind === 'secret' ? 'secret' : 'server';
  const rows = await deps.database.credentials.list(workspaceId);
  const taken = new Set(rows.filter((row) => row.kind === kind).map((row) => row.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(name)) return name;
  }
}
