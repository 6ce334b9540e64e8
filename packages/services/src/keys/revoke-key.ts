import { type Ctx, requireScope } from '../context.ts';
import { notFound } from '../service-error.ts';

/** Ends a key: here at once, in another process of this installation within a second. Revoking twice is harmless. */
export async function revokeKey({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const { database, keyCache } = ctx.deps;
  const revoked = await database.keys.revoke(ctx.workspaceId, input.id, ctx.deps.now());
  keyCache.clear();
  if (revoked) return;
  const rows = await database.keys.list(ctx.workspaceId);
  if (!rows.some((row) => row.id === input.id)) throw notFound('key');
}
