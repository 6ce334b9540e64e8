import { type ModelRequest, type NodeContext, StepError } from '@patchbay/node-kit';
import { cacheTime } from '../model-call/fields.ts';
import { linesOf, materialOnly } from '../model-call/system-part.ts';
import { partsOf } from './parts.ts';

const mostParts = 200;
/** Parts that are read at the same time. */
const together = 4;
const mostRounds = 4;

interface Reading {
  model: string;
  /** Longest part, in characters. */
  part: number;
  instructions: string;
  cache: Parameters<typeof cacheTime>[0];
}

/**
 * A text short enough to be summed up in one go: itself, or what its parts say, and again until it fits.
 * Throws `context_too_long` for more than 200 parts.
 */
export async function condense(ctx: NodeContext, reading: Reading, text: string): Promise<string> {
  const { part } = reading;
  let shown = text;
  for (let round = 0; shown.length > part && round < mostRounds; round += 1) {
    const parts = partsOf(shown, part);
    if (parts.length > mostParts) throw new StepError('context_too_long', 'too_many_parts', { limit: mostParts, length: part });
    const sums: string[] = [];
    for (let from = 0; from < parts.length; from += together) {
      const some = parts.slice(from, from + together);
      const asked = some.map((one, index) => request(reading, { text: one, place: from + index + 1, of: parts.length }));
      sums.push(...(await Promise.all(asked.map((one) => sumUp(ctx, one)))));
    }
    const joined = sums.join('\n\n');
    // A model that does not shorten would go on for ever.
    if (joined.length >= shown.length) return joined;
    shown = joined;
  }
  return shown;
}

async function sumUp(ctx: NodeContext, asked: ModelRequest): Promise<string> {
  const { text, finishReason } = await ctx.models.chat(asked);
  if (finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
  return text.trim();
}

function request({ model, instructions, cache }: Reading, { text, place, of }: { text: string; place: number; of: number }): ModelRequest {
  const system = linesOf([
    `This is part ${place} of ${of} of a long text. Note what it says, in its own language, in at most ten sentences, with names and figures. Add nothing.`,
    materialOnly,
    instructions,
  ]);
  return {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: text },
    ],
    cacheMs: cacheTime(cache),
    task: { kind: 'summarize', text, sentences: 3 },
  };
}
