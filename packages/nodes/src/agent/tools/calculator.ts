import type { Json } from '@patchbay/node-kit';
import { calculate } from '../arithmetic.ts';
import type { AgentTool, ToolFace } from '../tool.ts';

/** The model writes the sum, since models are bad at working it out. */
export const calculatorTool = ({ name, ask, description }: ToolFace): AgentTool => ({
  name,
  ask,
  description:
    description || 'Works out a sum, such as (17.5 * 12) / 4. Knows + - * / % ^, sqrt, round, min, max, abs, ln, log10, exp, pi.',
  inputSchema: {
    type: 'object',
    properties: { expression: { type: 'string', description: 'The sum, in figures and signs only' } },
    required: ['expression'],
    additionalProperties: false,
  },
  repeatable: true,
  call: async ({ expression }): Promise<Json> => calculate(String(expression)),
});
