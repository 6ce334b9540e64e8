import type { ChatResult, ModelRequest, NodeContext } from '@patchbay/node-kit';

/** A model that gives the answers one after the other, the last one again and again, and keeps what it was asked. */
export function scripted(answers: readonly string[], end: Partial<ChatResult> = {}): { ctx: Partial<NodeContext>; asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  const usage = { inputTokens: 1, outputTokens: 1, costUsd: null, estimated: true };
  const answer = (request: ModelRequest): ChatResult => {
    asked.push(request);
    const text = answers[Math.min(asked.length, answers.length) - 1];
    if (text === undefined) throw new Error('the model was not to be asked');
    return { text, finishReason: 'stop', usage, model: 'fake', simulated: false, ...end };
  };
  const models: NodeContext['models'] = {
    chat: async (request) => answer(request),
    async *stream(request) {
      const { text, ...rest } = answer(request);
      yield { type: 'text', text };
      yield { type: 'end', ...rest };
    },
  };
  return { ctx: { models }, asked };
}
