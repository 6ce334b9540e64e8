import { type Ctx, requireScope } from '../context.ts';
import { findFlow } from '../flows/flow-resource.ts';
import type { ConversationResource } from '../resources.ts';
import { findEndpoint } from '../runs/find-endpoint.ts';
import { notFound } from '../service-error.ts';

/** A conversation by the address of its flow, as its callers know it. */
export interface OfEndpoint {
  slug: string;
  conversation: string;
}
/** The same by the flow's id, as the editor knows it. */
export interface OfFlow {
  id: string;
  conversation: string;
}

export const readConversation = async ({ ctx, input }: { ctx: Ctx; input: OfEndpoint }): Promise<ConversationResource> =>
  read(ctx, await flowBehind(ctx, input.slug), input.conversation);
export const deleteConversation = async ({ ctx, input }: { ctx: Ctx; input: OfEndpoint }): Promise<void> =>
  remove(ctx, await flowBehind(ctx, input.slug), input.conversation);

export async function readDraftConversation({ ctx, input }: { ctx: Ctx; input: OfFlow }): Promise<ConversationResource> {
  requireScope(ctx, 'manage');
  return read(ctx, (await findFlow(ctx, input.id)).id, input.conversation);
}
export async function deleteDraftConversation({ ctx, input }: { ctx: Ctx; input: OfFlow }): Promise<void> {
  requireScope(ctx, 'manage');
  return remove(ctx, (await findFlow(ctx, input.id)).id, input.conversation);
}

async function flowBehind(ctx: Ctx, slug: string): Promise<string> {
  requireScope(ctx, 'run');
  return (await findEndpoint(ctx, slug)).flowId;
}

async function read({ workspaceId, deps }: Ctx, flowId: string, id: string): Promise<ConversationResource> {
  const found = await deps.database.conversations.read({ workspaceId, flowId, id }, deps.now());
  if (found === undefined) throw notFound('conversation');
  const { summary, updatedAt, endsAt } = found;
  const messages = found.exchanges.flatMap(({ question, answer, createdAt }): ConversationResource['messages'] => {
    const at = new Date(createdAt).toISOString();
    return [
      { role: 'user', content: question, at },
      { role: 'assistant', content: answer, at },
    ];
  });
  return { id, messages, summary, updatedAt: new Date(updatedAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

async function remove({ workspaceId, deps }: Ctx, flowId: string, id: string): Promise<void> {
  if (!(await deps.database.conversations.remove({ workspaceId, flowId, id }, deps.now()))) throw notFound('conversation');
}
