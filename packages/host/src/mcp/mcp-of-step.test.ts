import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { McpSession, McpServer as Place } from '@patchbay/node-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import { mcpOfStep } from './mcp-of-step.ts';

const long = { timeout: 60_000 };
const secret = 'Bearer planted-token-0001';

let server: Server;
let outbound: Outbound;
let origin: string;
let answer: (request: IncomingMessage, response: ServerResponse) => unknown;
const seen: { method: string; rpc: string; authorization: string | undefined; session: string | undefined }[] = [];
const sessions: McpSession[] = [];

beforeEach(async () => {
  seen.length = 0;
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  outbound = createOutbound({ allowedPrivateHosts: [`127.0.0.1:${port}`], limits: { bodyBytes: 200_000 } });
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await outbound.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The official server, without sessions, answering as an event stream or as JSON. */
function offer(build: (mcp: McpServer) => void, json = false): void {
  answer = async (request, response) => {
    const body = await read(request);
    note(request, body);
    const mcp = new McpServer({ name: 'tools', version: '1' });
    build(mcp);
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: json });
    await mcp.connect(transport as Parameters<McpServer['connect']>[0]);
    await transport.handleRequest(request, response, body);
  };
}
async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
function note({ method = '', headers }: IncomingMessage, body: unknown): void {
  const rpc = (body as { method?: string } | undefined)?.method ?? '';
  seen.push({ method, rpc, authorization: headers.authorization, session: headers['mcp-session-id'] as string | undefined });
}

function connect(more: Partial<Place> = {}, signal = new AbortController().signal): McpSession {
  const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal, report: () => undefined };
  const find = async (name: string) => (name === 'crm' ? { value: secret, origin, reserved: false } : undefined);
  const session = mcpOfStep(step, outbound, find).connect({ url: `${origin}/mcp`, headers: {}, secrets: {}, timeoutMs: 20_000, ...more });
  sessions.push(session);
  return session;
}
const weather = (mcp: McpServer): void => {
  mcp.registerTool(
    'weather',
    { description: 'Tells the weather of a city.', inputSchema: { city: z.string() }, annotations: { readOnlyHint: true } },
    async ({ city }) => ({ content: [{ type: 'text', text: `Sunny in ${city}` }] }),
  );
  mcp.registerTool('measure', { inputSchema: { city: z.string() }, outputSchema: { degrees: z.number() } }, async () => ({
    content: [{ type: 'text', text: '21' }],
    structuredContent: { degrees: 21 },
  }));
  mcp.registerTool('fails', { description: 'Fails.' }, async () => ({ content: [{ type: 'text', text: 'Out of order' }], isError: true }));
  mcp.registerTool('draws', {}, async () => ({ content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }));
};

test.each([
  ['an event stream', false],
  ['JSON', true],
])('lists tools and calls them; the server answers as %s', long, async (_, json) => {
  offer(weather, json);
  const session = connect();
  const tools = await session.tools();
  expect(tools.map(({ name, description, repeatable }) => [name, description, repeatable])).toEqual([
    ['weather', 'Tells the weather of a city.', true],
    ['measure', '', false],
    ['fails', 'Fails.', false],
    ['draws', '', false],
  ]);
  expect(tools[0]?.inputSchema).toMatchObject({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] });
  expect(await session.call('weather', { city: 'Bern' })).toBe('Sunny in Bern');
  expect(await session.call('measure', { city: 'Bern' })).toEqual({ degrees: 21 });
  expect(await session.call('draws', {})).toBe('[image/png]');
  await expect(session.call('fails', {})).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason: 'tool_failed',
    params: { message: 'Out of order' },
  });
  await expect(session.call('nothing', {})).rejects.toMatchObject({ errorClass: 'bad_output' });
  // One connection for all, and nobody listens for what is not asked.
  expect(seen.filter(({ rpc }) => rpc === 'initialize')).toHaveLength(1);
  expect(seen.some(({ method }) => method === 'GET')).toBe(false);
});

test('a secret goes with every request to its own origin only, and what comes back of it is masked', long, async () => {
  offer((mcp) => {
    mcp.registerTool('echo', { description: secret }, async () => ({ content: [{ type: 'text', text: `You sent ${secret}` }] }));
  });
  const session = connect({ secrets: { authorization: 'crm' } });
  expect((await session.tools())[0]?.description).toBe('[secret]');
  expect(await session.call('echo', {})).toBe('You sent [secret]');
  expect(seen.every(({ authorization }) => authorization === secret)).toBe(true);
  const elsewhere = connect({ url: `${origin.replace('127.0.0.1', 'localhost')}/mcp`, secrets: { authorization: 'crm' } });
  await expect(elsewhere.tools()).rejects.toMatchObject({ errorClass: 'auth', reason: 'secret_elsewhere' });
  await expect(connect({ secrets: { authorization: 'other' } }).tools()).rejects.toMatchObject({ reason: 'no_secret' });
});

test('an address that may not be reached is refused before anything is sent, and a redirect there too', long, async () => {
  offer(weather);
  const inner = connect({ url: 'http://169.254.169.254/mcp' });
  await expect(inner.tools()).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'address_not_allowed' });
  answer = (_, response) => response.writeHead(307, { location: 'http://10.0.0.1/mcp' }).end();
  await expect(connect().tools()).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'address_not_allowed' });
});

test.each([
  [401, 'auth', 'mcp_refused'],
  [404, 'provider_unavailable', 'mcp_status'],
  [500, 'provider_unavailable', 'mcp_status'],
])('a server that answers %d', long, async (status, errorClass, reason) => {
  answer = (_, response) => response.writeHead(status).end('no');
  await expect(connect().tools()).rejects.toMatchObject({ errorClass, reason, params: { host: new URL(origin).host, status } });
});

test('a page that is no server of tools is named as such', long, async () => {
  answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
  await expect(connect().tools()).rejects.toMatchObject({ errorClass: 'bad_output', reason: 'mcp_error' });
});

test('a server that is silent runs into the time a request may take', long, async () => {
  answer = () => undefined;
  await expect(connect({ timeoutMs: 300 }).tools()).rejects.toMatchObject({ errorClass: 'timeout' });
});

test('a stopped step leaves its server', long, async () => {
  const reached = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  offer(weather);
  const abort = new AbortController();
  const session = connect({}, abort.signal);
  await session.tools();
  answer = (_, response) => {
    reached.resolve();
    response.on('close', () => left.resolve());
  };
  const calling = session.call('weather', { city: 'Bern' });
  calling.catch(() => undefined);
  await reached.promise;
  abort.abort();
  await expect(calling).rejects.toBeDefined();
  await left.promise;
});

test('an answer that is too large is cut off, a long list of tools too', long, async () => {
  offer((mcp) => {
    mcp.registerTool('flood', {}, async () => ({ content: [{ type: 'text', text: 'x'.repeat(1_000_000) }] }));
  });
  await expect(connect().call('flood', {})).rejects.toBeDefined();
  offer((mcp) => {
    for (let index = 0; index < 100; index += 1)
      mcp.registerTool(`t${index}`, { description: 'd'.repeat(3_000).slice(0, 1_000) }, async () => ({ content: [] }));
  });
  expect(await connect().tools()).toHaveLength(64);
});
