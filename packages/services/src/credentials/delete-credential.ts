import { type Ctx, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';

/** Deletes a credential with its secret. Flows that name it fail from then on and say what is missing. */
export async function deleteCredential({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const deleted = await ctx.deps.database.credentials.delete(ctx.workspaceId, input.id);
  ctx.deps.vault.forget(ctx.workspaceId);
  if (!deleted) throw notFound('credential');
}
