import { type Ctx, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';
import { findCredential } from './credential-resource.ts';

/** Deletes a credential with its secret. Flows that name it fail from then on and say what is missing. */
export async function deleteCredential({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { database, vault } = ctx.deps;
  const { kind, name } = await findCredential(ctx, input.id);
  const deleted = await database.credentials.delete(ctx.workspaceId, input.id);
  // What nobody can ask any more is no default: Automatic chooses again.
  const chosen = kind === 'provider' ? await database.workspaces.readDefaultModel(ctx.workspaceId) : null;
  if (chosen?.split('/', 1)[0] === name) await database.workspaces.setDefaultModel(ctx.workspaceId, null);
  vault.forget(ctx.workspaceId);
  if (!deleted) throw notFound('credential');
}
