import type { Json } from '@patchbay/node-kit';
import type { AgentTool, ToolFace } from '../tool.ts';

/** So many passages a model reads of one search. */
const count = 6;

/** The documents of the workspace, by a question of the model's own. Which base is the author's choice. */
export const knowledgeTool = (face: ToolFace & { base: string }): AgentTool => ({
  name: face.name,
  ask: face.ask,
  description: face.description || 'Finds the passages of our documents that answer a question.',
  inputSchema: {
    type: 'object',
    properties: { question: { type: 'string', description: 'What to look up, as a whole question' } },
    required: ['question'],
    additionalProperties: false,
  },
  repeatable: true,
  call: async ({ question }, ctx): Promise<Json> => {
    const passages = await ctx.knowledge.search({ base: face.base.trim(), question: String(question), count, minScore: 0 });
    return passages.map(({ text, document, headings, page }) => ({ text, document, headings, page }));
  },
});
