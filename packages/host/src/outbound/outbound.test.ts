import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createOutbound, type Outbound, type OutboundCall, type OutboundCaller, type OutboundOptions } from './outbound.ts';

const servers: Server[] = [];
const outbounds: Outbound[] = [];
afterEach(async () => {
  await Promise.all(outbounds.splice(0).map((outbound) => outbound.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
/** Names stand for loopback, so that a test can have several hosts; each has to be allowed by name. */
const loopback = async () => [{ address: '127.0.0.1', family: 4 }];
function open(options: OutboundOptions = {}): Outbound {
  const outbound = createOutbound({ resolve: loopback, ...options });
  outbounds.push(outbound);
  return outbound;
}
const node: OutboundCaller = { kind: 'http-node' };
const call = (url: string, more: Partial<OutboundCall> = {}): OutboundCall => ({
  url,
  method: 'GET',
  headers: {},
  signal: new AbortController().signal,
  ...more,
});
const seen: IncomingMessage[] = [];

test('private addresses are for those an admin named, host and port exactly', async () => {
  const port = await serve((_request, response) => response.end('inside'));
  const other = await serve((_request, response) => response.end('other'));
  const outbound = open({ allowedPrivateHosts: [`127.0.0.1:${port}`, ` Inside.Example:${port} `] });
  expect(await (await outbound.request(node, call(`http://127.0.0.1:${port}/`))).text()).toBe('inside');
  expect(await (await outbound.request(node, call(`http://inside.example:${port}/`))).text()).toBe('inside');
  await expect(outbound.request(node, call(`http://127.0.0.1:${other}/`))).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'address_not_allowed',
  });
  await expect(outbound.request(node, call(`http://outside.example:${port}/`))).rejects.toMatchObject({ reason: 'address_not_allowed' });
});

test('a name is refused if any of its addresses is private', async () => {
  const resolve = async () => [
    { address: '8.8.8.8', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ];
  await expect(open({ resolve }).request(node, call('http://mixed.example/'))).rejects.toMatchObject({ reason: 'address_not_allowed' });
});

test('a name that changes its address after the check reaches nothing: each connection is judged by the lookup it uses', async () => {
  let served = 0;
  const port = await serve((_request, response) => {
    served += 1;
    response.end('inside');
  });
  const answers = ['127.0.0.1', '8.8.8.8'];
  let asked = 0;
  const resolve = async () => [{ address: answers[asked++ % 2] ?? '', family: 4 }];
  const outbound = open({ resolve, limits: { connectMs: 300 } });
  for (let turn = 0; turn < 4; turn += 1) await expect(outbound.request(node, call(`http://rebind.example:${port}/`))).rejects.toThrow();
  expect(served).toBe(0);
  expect(asked).toBeGreaterThanOrEqual(2);
});

test('a name is resolved once per connection, not once per call', async () => {
  const port = await serve((_request, response) => response.end('ok'));
  let asked = 0;
  const resolve = () => {
    asked += 1;
    return loopback();
  };
  const outbound = open({ resolve, allowedPrivateHosts: [`a.example:${port}`] });
  for (let turn = 0; turn < 10; turn += 1) await (await outbound.request(node, call(`http://a.example:${port}/`))).text();
  expect(asked).toBeLessThanOrEqual(2);
});

test('a model connection reaches its own origin and no other', async () => {
  const port = await serve((_request, response) => response.end('model'));
  const other = await serve((_request, response) => response.end('other'));
  const connection = { id: 'openai', baseUrl: `http://127.0.0.1:${port}/v1`, privateAllowed: true };
  const model: OutboundCaller = { kind: 'model', connection };
  const outbound = open({ allowedPrivateHosts: [`127.0.0.1:${other}`] });
  expect(await (await outbound.request(model, call(`http://127.0.0.1:${port}/v1/chat`))).text()).toBe('model');
  await expect(outbound.request(model, call(`http://127.0.0.1:${other}/v1/chat`))).rejects.toMatchObject({ reason: 'address_not_allowed' });
  await expect(outbound.request(node, call(`http://127.0.0.1:${port}/v1/chat`))).rejects.toMatchObject({ reason: 'address_not_allowed' });
  const stranger: OutboundCaller = { kind: 'model', connection: { ...connection, privateAllowed: false } };
  await expect(outbound.request(stranger, call(`http://127.0.0.1:${port}/v1/chat`))).rejects.toMatchObject({
    reason: 'address_not_allowed',
  });
});

test('metadata services are refused even where a connection names them', async () => {
  const connection = { id: 'x', baseUrl: 'http://169.254.169.254', privateAllowed: true };
  await expect(open().request({ kind: 'model', connection }, call('http://169.254.169.254/latest'))).rejects.toMatchObject({
    reason: 'address_not_allowed',
  });
  const resolve = async () => [{ address: '169.254.169.254', family: 4 }];
  const named = open({ resolve, allowedPrivateHosts: ['meta.example:80'] });
  await expect(named.request(node, call('http://meta.example/'))).rejects.toMatchObject({ reason: 'address_not_allowed' });
});

/** Two hosts on one server: `a` sends on to wherever `?to=` says. */
async function redirecting(status = 302) {
  seen.length = 0;
  const port = await serve((request, response) => {
    seen.push(request);
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to');
    if (to === null) response.end(`${request.method} arrived`);
    else response.writeHead(status, { location: to }).end();
  });
  const hosts = ['a.example', 'b.example'].map((host) => `${host}:${port}`);
  return {
    port,
    outbound: open({ allowedPrivateHosts: hosts }),
    from: (to: string) => `http://a.example:${port}/?to=${encodeURIComponent(to)}`,
  };
}

test.each([
  'http://127.0.0.1/',
  'http://169.254.169.254/',
  'file:///etc/passwd',
  'http://user@b.example/',
  'http://[::1]/',
  '//127.0.0.1/x',
  'http://2130706433/',
])('a redirect to %s is judged like any address', async (to) => {
  const { outbound, from } = await redirecting();
  await expect(outbound.request(node, call(from(to)))).rejects.toMatchObject({ reason: 'address_not_allowed' });
  expect(seen).toHaveLength(1);
});

test('credentials stay behind when the origin changes, and go along when it does not', async () => {
  const { outbound, from, port } = await redirecting();
  const headers = { Authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k', accept: 'text/plain' };
  await (await outbound.request(node, call(from(`http://b.example:${port}/end`), { headers }))).text();
  expect(seen[1]?.headers).toMatchObject({ accept: 'text/plain', host: `b.example:${port}` });
  for (const name of ['authorization', 'cookie', 'x-api-key']) expect(seen[1]?.headers).not.toHaveProperty(name);
  seen.length = 0;
  await (await outbound.request(node, call(from('/end'), { headers }))).text();
  expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'k' });
});

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'PUT', 'PUT'],
  [302, 'GET', 'GET'],
] as const)('status %i turns %s into %s', async (status, method, after) => {
  const { outbound, from } = await redirecting(status);
  const more = method === 'GET' ? { method } : { method, body: 'x', headers: { 'content-type': 'text/plain' } };
  expect(await (await outbound.request(node, call(from('/end'), more))).text()).toBe(`${after} arrived`);
  expect(seen[1]?.headers['content-type']).toBe(after === 'GET' ? undefined : 'text/plain');
});

test('a circle of redirects ends after five', async () => {
  seen.length = 0;
  const port = await serve((request, response) => {
    seen.push(request);
    response.writeHead(302, { location: '/again' }).end();
  });
  const outbound = open({ allowedPrivateHosts: [`127.0.0.1:${port}`] });
  await expect(outbound.request(node, call(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ reason: 'too_many_redirects' });
  expect(seen).toHaveLength(6);
});

test('a provider that redirects its callers elsewhere is not followed', async () => {
  const { outbound, port, from } = await redirecting(307);
  const connection = { id: 'openai', baseUrl: `http://a.example:${port}`, privateAllowed: true };
  const asked = call(from(`http://b.example:${port}/`), { method: 'POST', body: '{}', headers: { authorization: 'Bearer key' } });
  await expect(outbound.request({ kind: 'model', connection }, asked)).rejects.toMatchObject({ reason: 'address_not_allowed' });
  expect(seen).toHaveLength(1);
});

test('packed bodies are unpacked, and never past the limit', async () => {
  const small = gzipSync('hello');
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  const port = await serve((request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(request.url === '/bomb' ? bomb : small);
  });
  const outbound = open({ allowedPrivateHosts: [`127.0.0.1:${port}`], limits: { bodyBytes: 100_000 } });
  expect(await (await outbound.request(node, call(`http://127.0.0.1:${port}/`))).text()).toBe('hello');
  const packed = await outbound.request(node, call(`http://127.0.0.1:${port}/bomb`));
  await expect(packed.text()).rejects.toMatchObject({ reason: 'response_too_large' });
});

test('a header with a line break in it is refused, not sent', async () => {
  const port = await serve((_request, response) => response.end('ok'));
  const outbound = open({ allowedPrivateHosts: [`127.0.0.1:${port}`] });
  const headers = { 'x-note': 'a\r\nx-evil: 1' };
  await expect(outbound.request(node, call(`http://127.0.0.1:${port}/`, { headers }))).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'header_invalid',
  });
});
