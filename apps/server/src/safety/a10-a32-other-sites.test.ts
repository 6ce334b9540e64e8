import { expect, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

const routes: [method: string, path: string][] = [
  ['GET', '/'],
  ['GET', '/health'],
  ['GET', '/ready'],
  ['GET', '/api/flows'],
  ['POST', '/api/flows'],
  ['POST', '/api/keys'],
  ['POST', '/api/files'],
  ['GET', '/v1/files/file_00000000000000000000000000'],
  ['POST', '/v1/flows/greet/runs'],
];

/** Names that a page of another site could make point here, and spellings of this machine that no browser sends. */
const names = [
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1.nip.io:PORT',
  'localhost.:PORT',
  'localhost.evil.example:PORT',
  '0.0.0.0:PORT',
  '0:PORT',
  '127.1:PORT',
  '2130706433:PORT',
  '0x7f000001:PORT',
  '192.168.1.5:PORT',
  '[::ffff:127.0.0.1]:PORT',
  '127.0.0.1:PORT@evil.example',
  '127.0.0.1:PORT/x',
  '127.0.0.1:PORT#evil.example',
  '127.0.0.1:PORT, evil.example',
  '127.0.0.1:abc',
  '127.0.0.1:99999',
];

test.each(names)('under the name “%s” nothing answers, key and cookie or not', async (name) => {
  const server = await startOverSockets();
  await server.publish(plainFlow, 'greet');
  const authorization = `Bearer ${await server.makeKey(['manage'])}`;
  const host = name.replace('PORT', String(server.port));
  for (const [method, path] of routes) {
    const body = method === 'POST' ? { inputs: { name: 'x' } } : undefined;
    const answer = await server.send(method, path, { headers: { host, cookie: server.cookie, authorization }, body });
    expect([400, 403], `${method} ${path}`).toContain(answer.status);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['content-type']).toContain('application/problem+json');
  }
});

test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT'])('%s is this machine', async (name) => {
  const server = await startOverSockets();
  const host = name.replace('PORT', String(server.port));
  expect((await server.send('GET', '/api/flows', { headers: { host, cookie: server.cookie } })).status).toBe(200);
});

const elsewhere: [name: string, headers: Record<string, string>][] = [
  ['another site', { origin: 'http://evil.example' }],
  ['another scheme', { origin: 'https://127.0.0.1:PORT' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:5000' }],
  ['another name of this machine', { origin: 'http://localhost:PORT' }],
  ['a sandbox', { origin: 'null' }],
  ['nothing', { origin: '' }],
  ['a file', { origin: 'file://' }],
  ['two origins', { origin: 'http://127.0.0.1:PORT http://evil.example' }],
  ['no origin, but another site', { 'sec-fetch-site': 'cross-site' }],
  ['no origin, but another port', { 'sec-fetch-site': 'same-site' }],
];

test.each(elsewhere)('a page of %s changes nothing, whatever type it sends', async (_, given) => {
  const server = await startOverSockets();
  const flow = await server.publish(plainFlow, 'greet');
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.replace('PORT', String(server.port))]));
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    for (const [method, path, body] of [
      ['POST', '/api/flows', plainFlow],
      ['POST', `/api/flows/${flow}/runs`, { inputs: { name: 'x' } }],
      ['POST', `/api/flows/${flow}/versions`, {}],
      ['POST', `/api/flows/${flow}/check`, undefined],
      ['DELETE', `/api/flows/${flow}`, undefined],
      ['POST', '/api/keys', { name: 'k', scopes: ['manage'] }],
      ['GET', '/api/flows', undefined],
    ] as const) {
      const answer = await server.send(method, path, { headers: { cookie: server.cookie, 'content-type': type, ...headers }, body });
      expect(answer.status, `${method} ${path} as ${type}`).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  }
  expect((await server.asOwner('GET', '/api/flows')).json.flows).toHaveLength(1);
  expect((await server.asOwner('GET', '/api/keys')).json.keys).toEqual([]);
  expect((await server.asOwner('GET', '/api/runs')).json.runs).toEqual([]);
});

test('a browser that asks whether another site may, hears nothing that says so', async () => {
  const server = await startOverSockets();
  for (const [, path] of routes) {
    const headers = {
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const answer = await server.send('OPTIONS', path, { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('the owner’s cookie is for this server’s pages alone, and no cookie of that name that is not ours is taken', async () => {
  const server = await startOverSockets();
  const { headers } = await server.send('GET', '/');
  expect(String(headers['set-cookie'])).toMatch(/^patchbay_owner_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=(?:Lax|Strict); Max-Age=\d+$/);
  const [name = '', secret = ''] = server.cookie.split('=');
  for (const cookie of [
    '',
    name,
    `${name}=`,
    `${name}=${'x'.repeat(43)}`,
    `${name}=${secret}x`,
    `${name}=${secret.toUpperCase()}`,
    `${name}x=${secret}`,
    `${name}=%`,
    '='.repeat(4_000),
  ]) {
    expect((await server.send('GET', '/api/flows', { headers: { cookie } })).status, cookie).toBe(401);
  }
});

test.each([
  ['image', 'cross-site', false],
  ['empty', 'cross-site', false],
  ['iframe', 'same-site', false],
  ['document', 'cross-site', true],
  ['document', 'none', true],
  ['empty', 'same-origin', true],
] as const)('loaded as %s by %s, the page makes a session: %s', async (target, site, made) => {
  const server = await startOverSockets();
  const { headers } = await server.send('GET', '/', { headers: { 'sec-fetch-dest': target, 'sec-fetch-site': site } });
  expect(headers['set-cookie'] !== undefined).toBe(made);
});
