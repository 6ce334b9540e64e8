import { compileExpression, type Json, parseLiquid } from '@patchbay/node-kit';
import { type Argument, schemaOfArguments, valuesOfArguments } from '../arguments.ts';
import type { AgentTool, ToolFace } from '../tool.ts';

type Formula = ToolFace & { arguments: readonly Argument[] };

const toolOf = (face: Formula, usual: string, work: (values: Record<string, Json>) => Json): AgentTool => ({
  name: face.name,
  ask: face.ask,
  description: face.description || usual,
  inputSchema: schemaOfArguments(face.arguments),
  repeatable: true,
  call: async (args) => work(valuesOfArguments(face.arguments, args)),
});

/** The author's expression over what the model fills in. */
export const expressionTool = (face: Formula & { expression: string }): AgentTool => {
  const names = face.arguments.map(({ id }) => id);
  return toolOf(face, 'Works out a value from others.', (values) => compileExpression(face.expression, names).evaluate(values));
};

/** The author's text with what the model fills in. */
export const templateTool = (face: Formula & { template: string }): AgentTool =>
  toolOf(face, 'Writes a text from a form.', (values) => parseLiquid(face.template).render(values));
