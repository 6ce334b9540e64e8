import type { CredentialRow } from '@patchbay/db';
import type { Failure } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import type { CredentialKind, CredentialResource, CredentialTest } from '../resources.ts';
import { failureResource } from '../runs/run-resource.ts';
import { notFound } from '../service-error.ts';
import { findUses } from './find-uses.ts';
import { usableByOf } from './usable-by.ts';

const iso = (time: number): string => new Date(time).toISOString();
const mask = '••••';

/** How a test ended, as it is kept: the failure, not its sentence. */
export type StoredTest = { at: number; milliseconds: number } & ({ ok: true; models: number } | { ok: false; failure: Failure });

/** The connection that `auto` means now, by name; `demo` where there is none. */
export async function autoConnection({ deps, workspaceId }: Pick<Ctx, 'deps' | 'workspaceId'>): Promise<string> {
  const { connections, defaultModel } = await deps.vault.access(workspaceId);
  const environment = deps.host.environment.find(({ auto }) => auto);
  const chosen = defaultModel ?? deps.host.defaultModel;
  return chosen?.split('/', 1)[0] ?? connections[0]?.id ?? environment?.id ?? 'demo';
}

/** Rows as they are shown: never their secrets, sealed or not. */
export async function credentialResources(ctx: Ctx, rows: readonly CredentialRow[]): Promise<CredentialResource[]> {
  const auto = await autoConnection(ctx);
  const usesOf = await findUses(ctx, auto);
  return rows.map((row) => ({
    id: row.id,
    // Only this package writes the column.
    kind: row.kind as CredentialKind,
    name: row.name,
    title: row.title,
    provider: row.provider,
    origin: row.origin,
    baseUrl: row.baseUrl,
    region: row.region,
    model: row.model,
    hint: row.sealed === null ? null : `${mask}${row.hint ?? ''}`,
    createdAt: iso(row.createdAt),
    changedAt: iso(row.changedAt),
    lastTest: row.lastTest === null ? null : testResource(JSON.parse(row.lastTest) as StoredTest, ctx),
    usableBy: usableByOf(row),
    isAuto: row.kind === 'provider' && row.name === auto,
    usedBy: usesOf(row),
  }));
}

export async function credentialResource(ctx: Ctx, id: string): Promise<CredentialResource> {
  const [resource] = await credentialResources(ctx, [await findCredential(ctx, id)]);
  if (resource === undefined) throw new Error('one row makes one resource');
  return resource;
}

/** The row, or the same refusal for an id that is foreign, deleted or made up. */
export async function findCredential({ deps, workspaceId }: Ctx, id: string): Promise<CredentialRow> {
  const row = await deps.database.credentials.read(workspaceId, id);
  if (row === undefined) throw notFound('credential');
  return row;
}

export function testResource({ at, milliseconds, ...end }: StoredTest, { locale }: Pick<Ctx, 'locale'>): CredentialTest {
  return end.ok
    ? { at: iso(at), milliseconds, ok: true, models: end.models }
    : { at: iso(at), milliseconds, ok: false, error: failureResource(end.failure, locale) };
}
