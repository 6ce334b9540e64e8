import type { ChatResult, ModelRequest, NodeContext } from '@patchbay/node-kit';

/** A model that answers with the given pieces and keeps what it was asked. */
export function answering(pieces: string | string[], end: Partial<ChatResult> = {}): { ctx: Partial<NodeContext>; asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  const usage = { inputTokens: 1, outputTokens: 1, costUsd: null, estimated: true };
  const rest = { finishReason: 'stop' as const, usage, model: 'fake', simulated: false, ...end };
  const texts = [pieces].flat();
  const models: NodeContext['models'] = {
    async chat(request) {
      asked.push(request);
      return { text: texts.join(''), ...rest };
    },
    async *stream(request) {
      asked.push(request);
      for (const text of texts) yield { type: 'text', text };
      yield { type: 'end', ...rest };
    },
  };
  return { ctx: { models }, asked };
}
