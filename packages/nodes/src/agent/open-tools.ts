import type { FlowCall, NodeContext } from '@patchbay/node-kit';
import type { ToolConfig } from './config.ts';
import type { AgentTool, ToolFace } from './tool.ts';
import { calculatorTool } from './tools/calculator.ts';
import { clockTool } from './tools/clock.ts';
import { flowTool } from './tools/flow.ts';
import { expressionTool, templateTool } from './tools/formula.ts';
import { httpTool } from './tools/http.ts';

/** The author's tools, ready to be told to a model. Rejects where one of them cannot be had. */
export async function openTools(tools: readonly ToolConfig[], ctx: NodeContext): Promise<AgentTool[]> {
  return (await Promise.all(tools.map((config) => open(config, ctx)))).flat();
}

async function open(config: ToolConfig, ctx: NodeContext): Promise<AgentTool[]> {
  const face: ToolFace = { name: config.id, description: config.description.trim(), ask: config.ask === 'always' };
  switch (config.kind) {
    case 'calculator':
      return [calculatorTool(face)];
    case 'clock':
      return [clockTool(face)];
    case 'expression':
      return [expressionTool({ ...config, ...face })];
    case 'template':
      return [templateTool({ ...config, ...face })];
    case 'http':
      return [httpTool({ ...config, ...face })];
    case 'flow': {
      const call = callOf(config);
      return [flowTool(face, call, await ctx.flows.describe(call))];
    }
  }
}

const callOf = ({ flow, version, number }: ToolConfig): Pick<FlowCall, 'flow' | 'version'> => ({
  flow: flow.trim(),
  version: version === 'number' ? Math.floor(number) : version === 'draft' ? 'draft' : null,
});
