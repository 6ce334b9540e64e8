import { newId, StorageError } from '@patchbay/db';
import { type Ctx, requireScope } from '../context.ts';
import type { FlowResource } from '../resources.ts';
import { draftOf, flowResource, readDocument } from './flow-resource.ts';
import { freeSlug, slugOf } from './slug.ts';

/** Makes a flow of a bare document. A draft may be unfinished; only its shape must be right. */
export async function createFlow({ ctx, input }: { ctx: Ctx; input: { text: string } }): Promise<FlowResource> {
  requireScope(ctx, 'manage');
  const flow = readDocument(ctx, input.text);
  const now = ctx.deps.now();
  const base = slugOf(flow.name);
  for (let tries = 0; ; tries += 1) {
    const row = {
      ...draftOf(flow),
      id: newId('flow'),
      slug: await freeSlug(ctx.deps, base),
      publishedVersion: null,
      createdAt: now,
      updatedAt: now,
    };
    try {
      await ctx.deps.database.flows.create(ctx.workspaceId, row);
      return await flowResource(ctx, { ...row, workspaceId: ctx.workspaceId }, flow);
    } catch (error) {
      // Another flow took the address between our look and our write.
      if (!(error instanceof StorageError && error.reason === 'conflict') || tries >= 5) throw error;
    }
  }
}
