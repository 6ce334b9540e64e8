import { type ChatResult, type ModelRequest, type NodeContext, type Outputs, type PortChunk, StepError } from '@patchbay/node-kit';

/**
 * Answers with what a model writes, on the port `text`: as it is written where somebody reads along, else at once.
 * `more` makes further outputs of the whole text. An answer the provider held back is a failure.
 */
export function writeAnswer(
  ctx: NodeContext,
  ask: () => Promise<ModelRequest>,
  more: (text: string) => Outputs = () => ({}),
): Promise<Outputs> | AsyncGenerator<PortChunk, Outputs> {
  return ctx.models.whole === true ? atOnce(ctx, ask, more) : asWritten(ctx, ask, more);
}

async function atOnce(ctx: NodeContext, ask: () => Promise<ModelRequest>, more: (text: string) => Outputs): Promise<Outputs> {
  const { text, finishReason } = await ctx.models.chat(await ask());
  assertGiven(finishReason);
  // No text is no chunk: the port is closed in both ways alike.
  return text === '' ? more(text) : { text, ...more(text) };
}

async function* asWritten(
  ctx: NodeContext,
  ask: () => Promise<ModelRequest>,
  more: (text: string) => Outputs,
): AsyncGenerator<PortChunk, Outputs> {
  let text = '';
  for await (const chunk of ctx.models.stream(await ask())) {
    if (chunk.type === 'text') {
      text += chunk.text;
      yield { port: 'text', text: chunk.text };
    } else if (chunk.type === 'end') assertGiven(chunk.finishReason);
  }
  return more(text);
}

function assertGiven(finishReason: ChatResult['finishReason']): void {
  if (finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
}
