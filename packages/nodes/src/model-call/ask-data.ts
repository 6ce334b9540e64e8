import { type ChatResult, type Json, type ModelRequest, type NodeContext, parseJsonText, StepError } from '@patchbay/node-kit';

/** Asks a model for JSON of a shape and reads it. Throws `bad_output` for an answer that is no JSON object. */
export async function askData(ctx: NodeContext, request: ModelRequest): Promise<Record<string, Json>> {
  const result = await ctx.models.chat(request);
  return readData(result);
}

function readData({ text, finishReason }: ChatResult): Record<string, Json> {
  if (finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
  if (finishReason === 'length') throw new StepError('bad_output', 'answer_cut', {});
  const data = parseAnswer(text);
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new StepError('bad_output', 'answer_not_data', { start: text.slice(0, 80) });
  return data;
}

/** Models that know no schema like to put JSON in a fenced block; the block is read, anything else around it is not. */
export function parseAnswer(text: string): Json {
  const trimmed = text.trim();
  const body = trimmed.startsWith('```') && trimmed.endsWith('```') ? trimmed.slice(trimmed.indexOf('\n') + 1, -3) : trimmed;
  try {
    return parseJsonText(body);
  } catch {
    throw new StepError('bad_output', 'answer_not_json', { start: text.slice(0, 80) });
  }
}
