import { type Ctx, requireScope } from '../context.ts';
import type { KeyList } from '../resources.ts';
import { keyResources } from './key-resource.ts';

/** All keys of the workspace, newest first, revoked ones included. */
export async function listKeys({ ctx }: { ctx: Ctx }): Promise<KeyList> {
  requireScope(ctx, 'manage');
  const rows = await ctx.deps.database.keys.list(ctx.workspaceId);
  return { keys: await keyResources(ctx, rows) };
}
