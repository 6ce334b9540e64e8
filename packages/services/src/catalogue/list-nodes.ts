import { describeNode, type NodeReference } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';

/** Every node type for its reader, in the palette's order. */
export async function listNodes({ ctx }: { ctx: Ctx }): Promise<{ nodes: NodeReference[] }> {
  requireScope(ctx, 'read');
  return { nodes: [...ctx.deps.catalogue.values()].map((definition) => describeNode(definition, ctx.locale)) };
}
