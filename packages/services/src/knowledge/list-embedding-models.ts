import { type Ctx, requireScope } from '../context.ts';
import type { EmbeddingModelList } from './knowledge-resources.ts';

/** Names models for vectors go by, at servers that do not say what their models are for. */
const likely = /embed|(?:^|[-_/])(?:bge|e5|gte|m3e|minilm|nomic)(?:[-_:.]|$)/i;

/** What may turn passages into vectors: the usual model of each connection that has one, and those that are named like one. */
export async function listEmbeddingModels({ ctx }: { ctx: Ctx }): Promise<EmbeddingModelList> {
  requireScope(ctx, 'manage');
  const { host } = ctx.deps;
  const [usual, listed] = await Promise.all([host.usualModels('embed', ctx.workspaceId, true), host.models(ctx.workspaceId, true)]);
  const named = listed.filter(({ id, simulated }) => !simulated && likely.test(id.split('/').slice(1).join('/'))).map(({ id }) => id);
  return { models: [...new Set([...usual, ...named])] };
}
