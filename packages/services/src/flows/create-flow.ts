import { newId, StorageError } from '@patchbay/db';
import { type Ctx, requireScope } from '../context.ts';
import type { FlowResource } from '../resources.ts';
import { draftOf, flowResource, readDocument } from './flow-resource.ts';
import { demandSlug, freeSlug, slugOf } from './slug.ts';

export interface CreateFlowInput {
  text: string;
  /** The address that is wished for; where it is taken, the next free one like it. Absent: made of the name. */
  slug?: string | undefined;
}

/** Makes a flow of a bare document. A draft may be unfinished; only its shape must be right. */
export async function createFlow({ ctx, input }: { ctx: Ctx; input: CreateFlowInput }): Promise<FlowResource> {
  requireScope(ctx, 'manage');
  if (input.slug !== undefined) demandSlug(ctx, input.slug);
  const flow = readDocument(ctx, input.text);
  const now = ctx.deps.now();
  const base = input.slug ?? slugOf(flow.name);
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
