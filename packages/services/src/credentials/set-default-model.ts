import { type Ctx, requireScope } from '../context.ts';
import { refuseAt } from './address.ts';

/** Says what `auto` means in this workspace: `connection/model`, a bare connection, or null for the first there is. */
export async function setDefaultModel({ ctx, input }: { ctx: Ctx; input: { model: string | null } }): Promise<{ model: string | null }> {
  requireScope(ctx, 'manage');
  const { database, host, vault } = ctx.deps;
  const { model } = input;
  if (model !== null) {
    const { connections } = await vault.access(ctx.workspaceId);
    const known = new Set(['demo', ...connections.map(({ id }) => id), ...host.environment.map(({ id }) => id)]);
    if (!known.has(model.split('/', 1)[0] ?? '')) throw refuseAt(ctx, '/model', 'model_unknown', { model: model.slice(0, 100) });
  }
  await database.workspaces.setDefaultModel(ctx.workspaceId, model);
  vault.forget(ctx.workspaceId);
  return { model };
}
