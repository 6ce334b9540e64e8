import { type ModelRequest, type NodeContext, type PortChunk, StepError } from '@patchbay/node-kit';

/** Streams a model's answer on the port `text` and gives the whole of it. An answer the provider held back is a failure. */
export async function* streamAnswer(ctx: NodeContext, request: ModelRequest): AsyncGenerator<PortChunk, string> {
  let text = '';
  for await (const chunk of ctx.models.stream(request)) {
    if (chunk.type === 'text') {
      text += chunk.text;
      yield { port: 'text', text: chunk.text };
    } else if (chunk.finishReason === 'content_filter') {
      throw new StepError('content_filtered', 'answer_filtered', {});
    }
  }
  return text;
}
