import { hash } from 'node:crypto';
import type { FlowRow, VersionRow } from '@patchbay/db';
import { describeProblem, type FlowDocument, parseFlow, printFlow, readFlow } from '@patchbay/flow';
import { upgradeNodes } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { FlowResource, VersionResource } from '../resources.ts';
import { notFound, ServiceError } from '../service-error.ts';

/** The draft as it is stored: canonical text, and a tag of it that guards saves. */
export function draftOf(flow: FlowDocument) {
  const document = printFlow(flow);
  return { document, etag: etagOf(document), name: flow.name, nodeCount: Object.keys(flow.nodes).length };
}

/** A strong entity tag, quotes included, as `ETag` and `If-Match` carry it. */
const etagOf = (document: string): string => `"${hash('sha256', document, 'base64url').slice(0, 22)}"`;

/** Reads a document from a request. Throws with every problem of its shape; relations are judged by the check. */
export function readDocument(ctx: Ctx, text: string): FlowDocument {
  const { flow, problems } = parseFlow(text);
  if (flow !== undefined) return flow;
  const errors = problems.map((problem) => ({ pointer: problem.pointer, message: describeProblem(problem, ctx.locale) }));
  const tooLarge = problems.some((problem) => problem.code === 'too_large');
  throw new ServiceError(tooLarge ? 'too_large' : 'invalid_input', 'flow_invalid', { errors });
}

/** A stored document in today's shape. What is stored was checked when it came in. */
export function storedFlow(deps: Pick<Deps, 'catalogue'>, document: string): FlowDocument {
  const { flow, problems } = readFlow(JSON.parse(document));
  if (flow === undefined) throw new Error(`a stored flow does not read: ${problems[0]?.code}`);
  return upgradeNodes(flow, deps.catalogue).flow;
}

/** The row, or the same refusal for an id that is foreign, deleted or made up. */
export async function findFlow(ctx: Ctx, id: string): Promise<FlowRow> {
  const row = await ctx.deps.database.flows.read(ctx.workspaceId, id);
  if (row === undefined) throw notFound('flow');
  return row;
}

export async function flowResource(ctx: Ctx, row: FlowRow, flow: FlowDocument): Promise<FlowResource> {
  const { id, slug, etag } = row;
  const newest = row.publishedVersion === null ? undefined : (await ctx.deps.database.versions.list(ctx.workspaceId, id))[0];
  return {
    id,
    slug,
    etag,
    flow,
    published: newest === undefined ? null : versionResource(newest, slug, newest.version),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

/** The newest version has the plain address, older ones the address that pins them. */
export function versionResource(
  { version, publishedAt, hash: semantic }: Pick<VersionRow, 'version' | 'publishedAt' | 'hash'>,
  slug: string,
  newest: number,
): VersionResource {
  const endpoint = `/v1/flows/${version === newest ? slug : `${slug}@${version}`}/runs`;
  return { version, slug, endpoint, publishedAt: new Date(publishedAt).toISOString(), hash: semantic };
}
