import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { JsonSchemaValidator, jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js';
import { ModelError } from '@patchbay/models';
import {
  isRecord,
  type Json,
  type Mcp,
  type McpServer,
  type McpSession,
  type McpTool,
  StepError,
  type StepHandle,
} from '@patchbay/node-kit';
import { type FindSecret, maskOf } from '../http-of-step.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { type McpFetch, mcpFetch } from './mcp-fetch.ts';

/** Most tools of one server, and the longest description and schema of one, in UTF-16 units: a model reads all of it each time. */
const mostTools = 64;
const longestDescription = 2_000;
const longestSchema = 20_000;
/** Pages of a list of tools that are asked for. */
const mostPages = 20;

/** Servers of the Model Context Protocol as one step reaches them. The client is loaded with the first of them. */
export const mcpOfStep = (step: StepHandle, outbound: Outbound, findSecret: FindSecret): Mcp => ({
  connect(server): McpSession {
    const secrets = new Set<string>();
    const onSecrets = (values: readonly string[]): void => values.forEach((value) => void secrets.add(value));
    const fetch = mcpFetch({ step, outbound, findSecret, server, onSecrets });
    let opening: Promise<Client> | undefined;
    const use = async <Result>(work: (client: Client) => Promise<Result>): Promise<Result> => {
      opening ??= open(server, fetch);
      try {
        return await work(await opening);
      } catch (error) {
        throw failureOf(error, server, maskOf([...secrets]));
      }
    };
    const options = { timeout: server.timeoutMs, maxTotalTimeout: server.timeoutMs, signal: step.signal };
    return {
      tools: () => use(async (client) => masked(await listTools(client, options), secrets)),
      call: (name, args) =>
        use(async (client) => masked(resultOf(await client.callTool({ name, arguments: args }, undefined, options)), secrets)),
      close: async () => {
        await (await opening?.catch(() => undefined))?.close();
      },
    };
  },
});

async function open(server: McpServer, fetch: McpFetch): Promise<Client> {
  const [{ Client }, { StreamableHTTPClientTransport }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
  ]);
  const client = new Client({ name: 'patchbay', version: '1' }, { jsonSchemaValidator: trusting });
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { fetch, reconnectionOptions: neverAgain });
  // The transport's own type leaves out `undefined`, which the client's has.
  await client.connect(transport as Parameters<Client['connect']>[0], { timeout: server.timeoutMs });
  return client;
}

/** What a server says of its answers is not compiled into code: they are data either way. */
const trusting: jsonSchemaValidator = {
  getValidator:
    <T>(): JsonSchemaValidator<T> =>
    (input) => ({ valid: true, data: input as T, errorMessage: undefined }),
};
const neverAgain = { maxRetries: 0, initialReconnectionDelay: 1_000, maxReconnectionDelay: 1_000, reconnectionDelayGrowFactor: 1 };

async function listTools(client: Client, options: { timeout: number }): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.listTools(cursor === undefined ? {} : { cursor }, options);
    for (const { name, description = '', inputSchema, annotations = {} } of answer.tools) {
      if (tools.length === mostTools) return tools;
      // A schema nobody can send along with each turn: what does not fit it is the server's to refuse.
      const schema = JSON.stringify(inputSchema).length > longestSchema ? { type: 'object' } : (inputSchema as Record<string, Json>);
      const repeatable = annotations.readOnlyHint === true || annotations.idempotentHint === true;
      tools.push({ name, description: description.slice(0, longestDescription), inputSchema: schema, repeatable });
    }
    cursor = answer.nextCursor;
    if (cursor === undefined) return tools;
  }
  return tools;
}

/** What a tool gave: its data where it has some, else its texts; what is no text is named by its kind. */
function resultOf(result: unknown): Json {
  const { content, structuredContent, isError } = isRecord(result) ? result : {};
  const parts = Array.isArray(content) ? content.map(textOfPart) : [];
  const text = parts.filter((part) => part !== '').join('\n');
  if (isError === true) throw new StepError('bad_output', 'tool_failed', { message: text.slice(0, 2_000) });
  return isRecord(structuredContent) ? (structuredContent as Json) : text;
}

function textOfPart(part: unknown): string {
  const { type, text, mimeType, resource, uri } = isRecord(part) ? part : {};
  if (type === 'text' && typeof text === 'string') return text;
  if (isRecord(resource) && typeof resource['text'] === 'string') return resource['text'];
  return typeof uri === 'string' ? `[${uri}]` : `[${typeof mimeType === 'string' ? mimeType : String(type)}]`;
}

/** What a server repeats of a secret must not become a value of the flow. */
function masked<Value>(value: Value, secrets: ReadonlySet<string>): Value {
  const mask = maskOf([...secrets]);
  return mask === undefined ? value : (JSON.parse(mask(JSON.stringify(value))) as Value);
}

function failureOf(error: unknown, { url }: McpServer, mask: ((text: string) => string) | undefined): unknown {
  if (error instanceof ModelError || error instanceof StepError) return error;
  const { host } = new URL(url);
  const { code, message = '' } = error as { code?: unknown; message?: string };
  const told = (mask?.(message) ?? message).slice(0, 500);
  if (code === -32_001) return new StepError('timeout', 'mcp_timeout', { host });
  if (code === 401 || code === 403) return new StepError('auth', 'mcp_refused', { host, status: code });
  if (typeof code === 'number' && code >= 400) return new StepError('provider_unavailable', 'mcp_status', { host, status: code });
  return new StepError('bad_output', 'mcp_error', { host, message: told });
}
