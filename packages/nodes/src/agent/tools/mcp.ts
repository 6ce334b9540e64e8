import { failureError, type Json, type McpSession, type McpTool, type NodeContext } from '@patchbay/node-kit';
import { readAddress } from '../../http/address.ts';
import { readHeaders } from '../../http/headers.ts';
import type { ToolConfig } from '../config.ts';
import type { AgentTool, ToolFace } from '../tool.ts';

/** What its list of tools is called among the parts of the first turn. */
export const listPartOf = ({ id }: Pick<ToolConfig, 'id'>): string => `tools_${id}`;

/**
 * The tools of a server, under its name. The list is a part of the step, so that a run that goes on has the tools it began
 * with; the connection is made by whoever needs it first.
 */
export async function mcpTools(
  config: ToolConfig,
  { ask, sessions }: { ask: boolean; sessions: McpSession[] },
  ctx: NodeContext,
): Promise<AgentTool[]> {
  const session = ctx.mcp.connect({ url: readAddress(config.server), ...readHeaders(config.headers), timeoutMs: config.seconds * 1_000 });
  sessions.push(session);
  const work = async () => ({ tools: (await session.tools()) as unknown as Json });
  const { outputs, error } = await ctx.parts.run({ turn: 0, id: listPartOf(config), repeatable: true, work });
  if (error !== undefined) throw failureError(error);
  const all = outputs['tools'] as unknown as McpTool[];
  const wanted = config.only.length === 0 ? all : all.filter(({ name }) => config.only.includes(name));
  const taken = new Set<string>();
  return wanted.map((tool) => toolOf(tool, { name: unlike(`${config.id}_${tool.name}`, taken), ask }, session));
}

const toolOf = (
  { name, description, inputSchema, repeatable }: McpTool,
  face: Pick<ToolFace, 'name' | 'ask'>,
  session: McpSession,
): AgentTool => ({
  ...face,
  description: description || name,
  inputSchema,
  repeatable,
  call: (args) => session.call(name, args),
});

/** A name as models take one, and no two alike. */
function unlike(name: string, taken: Set<string>): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 60);
  let id = plain;
  for (let number = 2; taken.has(id); number += 1) id = `${plain}_${number}`;
  taken.add(id);
  return id;
}
