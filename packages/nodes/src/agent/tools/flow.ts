import { type FlowCall, type FlowSign, failureError, inputsSchema, isRecord, type Json, type NodeContext } from '@patchbay/node-kit';
import type { AgentTool, ToolFace } from '../tool.ts';

/** A published flow as a tool: its inputs are the arguments, its own description says what it is for. */
export const flowTool = (face: ToolFace, call: Pick<FlowCall, 'flow' | 'version'>, sign: FlowSign): AgentTool => ({
  name: face.name,
  ask: face.ask,
  description: face.description || sign.description || sign.name,
  inputSchema: inputsSchema(sign),
  // Steps inside that must not be done twice are noted by themselves.
  repeatable: true,
  call: async (args, ctx: NodeContext): Promise<Json> => {
    const { outputs, error } = await ctx.flows.run({ ...call, inputs: args });
    if (error !== undefined) throw failureError(error);
    return withoutMedia(outputs);
  },
});

/** Images and files are no reading for a model that asked for a value: their kind stands for them. */
function withoutMedia(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMedia);
  if (!isRecord(value)) return value;
  if (typeof value['base64'] === 'string' && typeof value['mediaType'] === 'string') return `[${value['mediaType']}]`;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutMedia(item as Json)]));
}
