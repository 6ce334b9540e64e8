import type { FlowCall, McpSession, NodeContext } from '@patchbay/node-kit';
import type { ToolConfig } from './config.ts';
import type { AgentTool, ToolFace } from './tool.ts';
import { calculatorTool } from './tools/calculator.ts';
import { clockTool } from './tools/clock.ts';
import { flowTool } from './tools/flow.ts';
import { expressionTool, templateTool } from './tools/formula.ts';
import { httpTool } from './tools/http.ts';
import { knowledgeTool } from './tools/knowledge.ts';
import { listPartOf, mcpTools } from './tools/mcp.ts';

/** The author's tools, ready to be told to a model. */
export interface OpenTools {
  tools: readonly AgentTool[];
  /** Leaves the servers they were on. */
  close(): Promise<void>;
}

/** Rejects where one of the tools cannot be had. */
export async function openTools(configs: readonly ToolConfig[], ctx: NodeContext): Promise<OpenTools> {
  const sessions: McpSession[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(sessions.map((session) => session.close()));
  };
  try {
    const tools = await Promise.all(configs.map((config) => open(config, ctx, sessions)));
    return { tools: tools.flat(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(config: ToolConfig, ctx: NodeContext, sessions: McpSession[]): Promise<AgentTool[]> {
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
    case 'knowledge':
      return [knowledgeTool({ ...face, base: config.base })];
    case 'mcp':
      return mcpTools(config, { ask: face.ask, sessions }, ctx);
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

/** Names that parts of the first turn have besides those of calls. */
export const partsTaken = (tools: readonly ToolConfig[]): string[] =>
  tools.flatMap((tool) => (tool.kind === 'mcp' ? [listPartOf(tool)] : []));
