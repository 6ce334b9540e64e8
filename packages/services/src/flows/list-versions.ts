import { type Ctx, requireScope } from '../context.ts';
import type { VersionList } from '../resources.ts';
import { findFlow, versionResource } from './flow-resource.ts';

/** Published versions, newest first. */
export async function listVersions({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<VersionList> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  const rows = await ctx.deps.database.versions.list(ctx.workspaceId, row.id);
  return { versions: rows.map((version) => versionResource(version, row.slug, row.publishedVersion ?? 0)) };
}
