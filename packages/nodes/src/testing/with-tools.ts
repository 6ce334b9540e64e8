import type { ChatResult, Json, ModelRequest, NodeContext } from '@patchbay/node-kit';

/** What a scripted model says in one turn: a text, or calls of tools, with a text before them where there is one. */
export type Said = string | { text?: string; calls: { name: string; input: Json }[] };

/** A model that says these things one after the other, and keeps what it was asked. */
export function withTools(...script: Said[]): { models: NodeContext['models']; asked: ModelRequest[] } {
  const asked: ModelRequest[] = [];
  const answer = (request: ModelRequest): ChatResult => {
    asked.push(request);
    const said = script[asked.length - 1];
    if (said === undefined) throw new Error('the model was not to be asked');
    const usage = { inputTokens: 10, outputTokens: 2, costUsd: 1, estimated: false };
    const end = { usage, model: 'fake', simulated: false };
    if (typeof said === 'string') return { text: said, finishReason: 'stop', ...end };
    const { text = '', calls } = said;
    const parts = calls.map(({ name, input }, index) => ({ type: 'tool-call' as const, id: `c${asked.length}_${index}`, name, input }));
    return { text, parts: text === '' ? parts : [{ type: 'text', text }, ...parts], finishReason: 'tool_calls', ...end };
  };
  return {
    asked,
    models: {
      chat: async (request) => answer(request),
      async *stream(request) {
        const { text, ...end } = answer(request);
        for (const piece of text.split(/(?<= )/)) if (piece !== '') yield { type: 'text', text: piece };
        yield { type: 'end', ...end };
      },
    },
  };
}
