import { type Ctx, requireScope } from '../context.ts';
import type { CredentialTest } from '../resources.ts';
import { findCredential, testResource } from './credential-resource.ts';
import { openCredential } from './open-credential.ts';
import { probeConnection } from './probe-credential.ts';

/** Calls the provider now and keeps how it ended. A test that fails is an answer, not an error. */
export async function testCredential({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<CredentialTest> {
  requireScope(ctx, 'manage');
  const row = await findCredential(ctx, input.id);
  const connection = await openCredential(ctx, row);
  const test = await probeConnection(ctx, { connection, title: row.title, model: row.model });
  await ctx.deps.database.credentials.recordTest(ctx.workspaceId, row.id, row.version, JSON.stringify(test));
  return testResource(test, ctx);
}
