import { type Json, type NodeContext, StepError } from '@patchbay/node-kit';
import { hostOf } from '../../http/address.ts';
import { httpNode } from '../../http/http.node.ts';
import { type Argument, schemaOfArguments, valuesOfArguments } from '../arguments.ts';
import type { AgentTool, ToolFace } from '../tool.ts';

export interface HttpTool extends ToolFace {
  method: string;
  /** Scheme and host are the author's; `{name}` in the path or query stands for an argument. */
  url: string;
  headers: Json;
  arguments: readonly Argument[];
  seconds: number;
}

/** An address the author chose. The model fills in parts of the path, of the query and of the body, never where it leads. */
export const httpTool = (tool: HttpTool): AgentTool => ({
  name: tool.name,
  ask: tool.ask,
  description: tool.description || `${tool.method} ${hostOf(tool.url)}`,
  inputSchema: schemaOfArguments(tool.arguments),
  repeatable: tool.method === 'GET',
  call: (args, ctx) => request(tool, valuesOfArguments(tool.arguments, args), ctx),
});

async function request({ method, url, headers, seconds }: HttpTool, values: Record<string, Json>, ctx: NodeContext): Promise<Json> {
  const { address, rest } = fillIn(url, values);
  const config: Record<string, Json> = { method, headers, failOnStatus: false, timeoutSeconds: seconds };
  const full = method === 'GET' ? { url: withQuery(address, rest), body: 'none' } : { url: address, body: 'json', json: rest };
  const { body = null, status = 0 } = (await httpNode.run({ config: { ...config, ...full }, inputs: {} }, ctx)) as Record<string, Json>;
  if (typeof status === 'number' && status >= 400) {
    const answer = (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 500);
    throw new StepError('bad_output', 'tool_status', { host: hostOf(url), status, answer });
  }
  return { status, body };
}

/** The address with its places filled, and what no place took. */
function fillIn(url: string, values: Record<string, Json>): { address: string; rest: Record<string, Json> } {
  const used = new Set<string>();
  const address = url.replaceAll(/\{([a-z][a-z0-9_]{0,39})\}/g, (place, name: string) => {
    if (!Object.hasOwn(values, name)) return place;
    used.add(name);
    return encodeURIComponent(textOf(values[name] ?? null));
  });
  const rest = Object.entries(values).filter(([name, value]) => !used.has(name) && value !== null);
  return { address, rest: Object.fromEntries(rest) };
}

function withQuery(address: string, rest: Record<string, Json>): string {
  const pairs = Object.entries(rest).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`);
  if (pairs.length === 0) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
