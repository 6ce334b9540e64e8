import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import type { CredentialResource } from '../resources.ts';
import { ServiceError } from '../service-error.ts';
import { refuseAt } from './address.ts';
import { sealSecret } from './create-credential.ts';
import { credentialResource, findCredential } from './credential-resource.ts';
import type { rotateCredentialInput } from './input.ts';
import { demandWorking, probeConnection } from './probe-credential.ts';
import { hintOf, readKey } from './read-key.ts';
import { connectionOf } from './vault.ts';

type Input = { id: string } & z.output<typeof rotateCredentialInput>;

/** Puts a new secret in place of the old one, once it has been seen to work. Runs use it from their next call on. */
export async function rotateCredential({
  ctx,
  input: { id, key: pasted, untested },
}: {
  ctx: Ctx;
  input: Input;
}): Promise<CredentialResource> {
  requireScope(ctx, 'manage');
  const row = await findCredential(ctx, id);
  const key = readKey(ctx, row, pasted);
  const { database, vault } = ctx.deps;
  const next = { id, origin: row.origin, version: row.version + 1 };
  let lastTest: string | undefined;
  if (row.kind === 'provider') {
    const connection = connectionOf(row, key);
    // A key of another project or another mode may lead elsewhere; the row is bound to its origin.
    if (connection === undefined) throw refuseAt(ctx, '/key', 'key_elsewhere');
    if (untested !== true) {
      const test = await probeConnection(ctx, { connection, title: row.title, model: row.model });
      demandWorking(ctx, test, row);
      lastTest = JSON.stringify(test);
    }
  }
  const sealed = await sealSecret(ctx, next, key);
  const change = { sealed, version: next.version, hint: hintOf(row.provider, key), changedAt: ctx.deps.now() };
  const changed = await database.credentials.change(ctx.workspaceId, id, row.version, change);
  vault.forget(ctx.workspaceId);
  if (!changed) throw new ServiceError('conflict', 'credential_changed');
  // Without a test what is known of the old secret no longer says anything.
  await database.credentials.recordTest(ctx.workspaceId, id, next.version, lastTest ?? null);
  return credentialResource(ctx, id);
}
