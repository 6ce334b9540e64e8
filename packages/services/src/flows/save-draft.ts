import { type Ctx, requireScope } from '../context.ts';
import type { FlowResource } from '../resources.ts';
import { ServiceError } from '../service-error.ts';
import { afterLargeFlow } from '../turns.ts';
import { draftOf, findFlow, flowResource, readDocument } from './flow-resource.ts';

export interface SaveDraftInput {
  id: string;
  /** The `If-Match` header as it came: one tag, several, or `*`. */
  ifMatch: string | undefined;
  text: string;
}

/** Saves over the draft that was read. A draft that changed meanwhile is refused with its newer tag: nothing is lost. */
export async function saveDraft({ ctx, input }: { ctx: Ctx; input: SaveDraftInput }): Promise<FlowResource> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  if (input.ifMatch === undefined) throw new ServiceError('precondition_failed', 'etag_missing', { headers: { ETag: row.etag } });
  if (!matches(input.ifMatch, row.etag)) throw changed(row);
  const flow = readDocument(ctx, input.text);
  await afterLargeFlow(flow);
  const draft = { ...draftOf(flow), updatedAt: ctx.deps.now() };
  // The same text again is no change: the list of flows keeps its order.
  if (draft.etag === row.etag) return flowResource(ctx, row, flow);
  await afterLargeFlow(flow);
  const saved = await ctx.deps.database.flows.save(ctx.workspaceId, row.id, row.etag, draft);
  if (!saved) throw changed(await findFlow(ctx, input.id));
  return flowResource(ctx, { ...row, ...draft }, flow);
}

const changed = ({ etag, updatedAt }: { etag: string; updatedAt: number }): ServiceError =>
  new ServiceError('precondition_failed', 'draft_changed', { params: { at: new Date(updatedAt).toISOString() }, headers: { ETag: etag } });

/** Quotes may be left out: many scripts send the tag bare. */
function matches(header: string, etag: string): boolean {
  const bare = etag.slice(1, -1);
  return header.split(',').some((tag) => {
    const given = tag.trim();
    return given === '*' || given === etag || given === bare;
  });
}
