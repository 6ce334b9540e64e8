import { type Ctx, requireScope } from '../context.ts';
import type { CredentialList } from '../resources.ts';
import { autoConnection, credentialResources } from './credential-resource.ts';

/** The connections and secrets of the workspace, oldest first, and the connections that the environment names. */
export async function listCredentials({ ctx }: { ctx: Ctx }): Promise<CredentialList> {
  requireScope(ctx, 'manage');
  const { database, host } = ctx.deps;
  const rows = await database.credentials.list(ctx.workspaceId);
  const auto = await autoConnection(ctx);
  const replaced = new Set(rows.filter(({ kind }) => kind === 'provider').map(({ name }) => name));
  const environment = host.environment
    .filter((connection) => connection.auto && !replaced.has(connection.id))
    .map(({ id, baseUrl, model }) => ({ name: id, baseUrl, model: model ?? null, isAuto: id === auto }));
  const defaultModel = await database.workspaces.readDefaultModel(ctx.workspaceId);
  return { credentials: await credentialResources(ctx, rows), environment, defaultModel };
}
