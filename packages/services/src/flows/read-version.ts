import { type Ctx, requireScope } from '../context.ts';
import type { VersionDetail } from '../resources.ts';
import { notFound } from '../service-error.ts';
import { findFlow, storedFlow, versionResource } from './flow-resource.ts';

/** One published version with its document, in today's shape. */
export async function readVersion({ ctx, input }: { ctx: Ctx; input: { id: string; version: string } }): Promise<VersionDetail> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  const { versions } = ctx.deps.database;
  const known = (await versions.list(ctx.workspaceId, row.id)).find(({ version }) => String(version) === input.version);
  const published = known && (await versions.findPublished(ctx.workspaceId, row.id, known.version));
  if (known === undefined || published === undefined) throw notFound('flow');
  return { ...versionResource(known, row.slug, row.publishedVersion ?? 0), flow: storedFlow(ctx.deps, published.document) };
}
