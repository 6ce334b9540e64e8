import { type Ctx, requireScope } from '../context.ts';
import type { FlowResource } from '../resources.ts';
import { findFlow, flowResource, storedFlow } from './flow-resource.ts';

/** The draft with its tag. */
export async function readFlow({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<FlowResource> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  return flowResource(ctx, row, storedFlow(ctx.deps, row.document));
}
