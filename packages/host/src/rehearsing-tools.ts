import { type AnswerPart, type ChatRequest, type Json, propertiesOf, sampleOf, type ToolDefinition } from '@patchbay/models';
import type { Mcp } from '@patchbay/node-kit';

/**
 * One call of each tool a model is offered, with arguments that fit and are others each time: who makes the same call again
 * and again is stopped early. Tools whose arguments cannot be others are left alone where some can.
 */
export function callsOfAll({ tools = [], messages }: ChatRequest): AnswerPart[] {
  const turn = messages.length;
  const varied = tools.filter((tool) => Object.values(tool.inputSchema['properties'] ?? {}).some(isOpen));
  return (varied.length > 0 ? varied : tools).map((tool, index) => ({
    type: 'tool-call',
    id: `call_${turn}_${index}`,
    name: tool.name,
    input: argumentsOf(tool, turn),
  }));
}

function argumentsOf({ inputSchema }: ToolDefinition, turn: number): Json {
  const known = Object.entries(propertiesOf(inputSchema)).map(([name, schema]): [string, Json] => [
    name,
    schema['type'] === 'string' ? `${String(sampleOf(schema))} ${turn}` : turn,
  ]);
  return sampleOf(inputSchema, Object.fromEntries(known));
}

/** A text or a number that is not chosen from a list. */
const isOpen = (schema: Json): boolean =>
  typeof schema === 'object' &&
  schema !== null &&
  !Array.isArray(schema) &&
  schema['enum'] === undefined &&
  ['string', 'number', 'integer'].includes(String(schema['type']));

const tool = {
  name: 'tool',
  description: 'Some tool of the server.',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  repeatable: true,
};

/** A server of tools nobody asks: it has one, and what that gives is of some length. */
export const rehearsingMcp: Mcp = {
  connect: () => ({ tools: async () => [tool], call: async () => 'and '.repeat(100), close: async () => undefined }),
};
