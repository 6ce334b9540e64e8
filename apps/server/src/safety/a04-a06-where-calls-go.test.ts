import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

/** A server inside our own network that nobody may reach; with `to`, one that sends on. */
async function inner(to?: string) {
  const hits: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    hits.push(request);
    if (to === undefined) response.end('inside');
    else response.writeHead(307, { location: to }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { hits, port: (server.address() as AddressInfo).port };
}

const webFlow = (url: string, headers: { name: string; value: string }[] = []) => ({
  ...plainFlow,
  nodes: { ...plainFlow.nodes, say: { type: 'http', config: { url, headers } } },
  edges: [{ from: 'say.text', to: 'out.greeting' }],
});

/** Spellings of one address inside; PORT is where something listens. */
const spellings = [
  'http://127.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7f.0.0.1:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://017700000001:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://１２７.０.０.１:PORT/',
  'http://127。0。0。1:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST.:PORT/',
  'http://0.0.0.0:PORT/',
  'http://0:PORT/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
  'http://[64:ff9b::7f00:1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://me@127.0.0.1:PORT/',
  'http://example.com@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT#@example.com/',
  'http://127.0.0.1:PORT\\@example.com/',
  'http:127.0.0.1:PORT/',
  'http:/\\127.0.0.1:PORT/',
  'http://\t127.0.0.1:PORT/',
  ' http://127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  'HTTP://127.0.0.1:PORT/',
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://100.100.100.200/',
  'http://[fd00:ec2::254]/',
];

test('an HTTP step reaches no address inside our network, however it is written', async () => {
  const { hits, port } = await inner();
  const server = await startOverSockets();
  for (const spelling of spellings) {
    const made = await server.asOwner('POST', '/api/flows', webFlow(spelling.replace('PORT', String(port))));
    expect(made.status, spelling).toBe(201);
    const run = await server.asOwner('POST', `/api/flows/${made.json.id}/runs`, { inputs: { name: 'x' } });
    // Whether such a name resolves depends on the machine; what it leads to does not.
    expect(/localhost\./i.test(spelling) ? [400, 502] : [400], `${spelling} ${run.text}`).toContain(run.status);
    expect(run.text, spelling).not.toContain('"inside"');
  }
  expect(hits).toHaveLength(0);
});

test('a host that is allowed cannot send us on to one that is not', async () => {
  const target = await inner();
  for (const to of [
    `http://127.0.0.1:${target.port}/`,
    `//127.0.0.1:${target.port}/`,
    `http://localhost:${target.port}/`,
    'file:///etc/passwd',
  ]) {
    const from = await inner(to);
    const server = await startOverSockets({ PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${from.port}` });
    const { id } = (await server.asOwner('POST', '/api/flows', webFlow(`http://127.0.0.1:${from.port}/`))).json;
    const run = await server.asOwner('POST', `/api/flows/${id}/runs`, { inputs: { name: 'x' } });
    expect(run.status, to).toBe(400);
    expect(from.hits).toHaveLength(1);
  }
  expect(target.hits).toHaveLength(0);
});

const providerKey = 'sk-marker-0123456789abcdef';

test('a provider’s key goes to its own address alone: not to redirects, not to HTTP steps', async () => {
  const stranger = await inner();
  const location = `http://127.0.0.1:${stranger.port}/v1/chat/completions`;
  const provider = await startFakeProvider({ reply: { fault: { kind: 'redirect', status: 307, location } } });
  onTestFinished(() => provider.close());
  const server = await startOverSockets({
    OPENAI_API_KEY: providerKey,
    OPENAI_BASE_URL: provider.url,
    OPENAI_MODEL: 'm',
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${stranger.port}`,
  });
  const asking = (await server.asOwner('POST', '/api/flows', modelFlow('auto'))).json;
  const refused = await server.asOwner('POST', `/api/flows/${asking.id}/runs`, { inputs: { name: 'x' } });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.text).not.toContain(providerKey);
  expect(provider.calls[0]?.headers.authorization).toBe(`Bearer ${providerKey}`);
  expect(stranger.hits).toHaveLength(0);
  // The provider's private address is open to model steps only.
  const web = (await server.asOwner('POST', '/api/flows', webFlow(`${provider.url}/models`))).json;
  expect((await server.asOwner('POST', `/api/flows/${web.id}/runs`, { inputs: { name: 'x' } })).status).toBe(400);
  expect(provider.calls).toHaveLength(1);
  const other = (await server.asOwner('POST', '/api/flows', webFlow(`http://127.0.0.1:${stranger.port}/`))).json;
  expect((await server.asOwner('POST', `/api/flows/${other.id}/runs`, { inputs: { name: 'x' } })).status).toBe(200);
  expect(JSON.stringify(stranger.hits[0]?.headers)).not.toContain(providerKey);
});

test.each(['baseUrl', 'base_url', 'apiKey', 'connection', 'headers', 'url', 'proxy'])(
  'a flow cannot bring its own “%s” for a model',
  async (name) => {
    const stranger = await inner();
    const server = await startOverSockets({ OPENAI_API_KEY: providerKey });
    const flow = modelFlow('demo/echo');
    const config = { model: 'demo/echo', [name]: `http://127.0.0.1:${stranger.port}/v1` };
    const made = await server.asOwner('POST', '/api/flows', { ...flow, nodes: { ...flow.nodes, ask: { type: 'model', config } } });
    const published = await server.asOwner('POST', `/api/flows/${made.json.id}/versions`, {});
    expect(published.status).toBe(400);
    expect(published.json.errors[0].pointer).toBe(`/nodes/ask/config/${name}`);
    expect(stranger.hits).toHaveLength(0);
  },
);
