import { readdirSync, readFileSync } from 'node:fs';
import { openServices, revokeKey } from '@patchbay/services';
import { expect, onTestFinished, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { type Headers, startOverSockets } from './over-sockets.ts';

const inputs = { inputs: { name: 'Ada' } };

async function published() {
  const server = await startOverSockets();
  await server.publish(plainFlow, 'greet');
  await server.publish({ ...plainFlow, name: 'Other' }, 'other');
  return { server, key: await server.makeKey(['run']) };
}

const lastChanged = (key: string): string => `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`;
const firstChanged = (key: string): string => key.replace(/^(pb_live_)(.)/, (_, prefix, digit) => prefix + (digit === '0' ? '1' : '0'));

const headers: [name: string, headers: (key: string) => Headers][] = [
  ['none', () => ({ authorization: undefined })],
  ['another case', (key) => ({ authorization: `bearer ${key}` })],
  ['two spaces', (key) => ({ authorization: `Bearer  ${key}` })],
  ['a tab', (key) => ({ authorization: `Bearer\t${key}` })],
  ['no scheme', (key) => ({ authorization: key })],
  ['another scheme', (key) => ({ authorization: `Basic ${key}` })],
  ['two keys', (key) => ({ authorization: `Bearer ${key}, Bearer ${key}` })],
  ['another header', (key) => ({ authorization: undefined, 'x-api-key': key })],
  ['a cookie', (key) => ({ authorization: undefined, cookie: `authorization=Bearer ${key}; key=${key}` })],
  ['a wrong checksum', (key) => ({ authorization: `Bearer ${lastChanged(key)}` })],
  ['a wrong digit', (key) => ({ authorization: `Bearer ${firstChanged(key)}` })],
  ['one digit less', (key) => ({ authorization: `Bearer ${key.slice(0, -1)}` })],
  ['more', (key) => ({ authorization: `Bearer ${key}x` })],
  ['capitals', (key) => ({ authorization: `Bearer ${key.toUpperCase()}` })],
  ['much', () => ({ authorization: `Bearer ${'x'.repeat(8_000)}` })],
];

test.each(headers)('a call with %s is 401, and never says which key it was', async (_, made) => {
  const { server, key } = await published();
  const answer = await server.call('greet', key, inputs, made(key));
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="patchbay"');
  expect(answer.text).not.toContain(key.slice(8));
  expect((await server.call('greet', key, inputs)).status).toBe(200);
});

test('two headers are not one key', async () => {
  const { server, key } = await published();
  const body = JSON.stringify(inputs);
  for (const [first, second] of [
    [key, 'x'],
    ['x', key],
  ]) {
    const lines = [`Host: 127.0.0.1:${server.port}`, `Authorization: Bearer ${first}`, `Authorization: Bearer ${second}`];
    const type = ['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close'];
    const answer = await server.raw(`POST /v1/flows/greet/runs HTTP/1.1\r\n${[...lines, ...type].join('\r\n')}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  }
});

test.each(['key', 'api_key', 'access_token', 'token', 'authorization'])('a key in the address as “%s” is no key', async (name) => {
  const { server, key } = await published();
  const answer = await server.send('POST', `/v1/flows/greet/runs?${name}=${key}`, { body: inputs });
  expect(answer.status).toBe(401);
  expect(server.logged.join()).not.toContain(key);
});

test.each([
  [['read'], undefined, 'greet', 403],
  [['run'], ['greet'], 'greet', 200],
  [['run'], ['greet'], 'other', 403],
  [['run'], ['greet'], 'nowhere', 403],
  [['run'], undefined, 'nowhere', 404],
  [['manage'], undefined, 'greet', 200],
] as const)('a key of scope %j for the flows %j calling %s gets %i', async (scopes, flows, slug, status) => {
  const { server } = await published();
  const key = await server.makeKey([...scopes], flows === undefined ? undefined : [...flows]);
  expect((await server.call(slug, key, inputs)).status).toBe(status);
});

test('a key for some flows cannot manage, so it can make no key for all', async () => {
  const { server } = await published();
  const both = await server.asOwner('POST', '/api/keys', { name: 'k', scopes: ['run', 'manage'], flows: ['greet'] });
  expect(both.status).toBe(400);
  expect(both.json.errors[0].pointer).toBe('/flows');
  const key = await server.makeKey(['run', 'read'], ['greet']);
  const answer = await server.send('POST', '/api/keys', {
    headers: { authorization: `Bearer ${key}` },
    body: { name: 'k', scopes: ['manage'] },
  });
  expect(answer.status).toBe(403);
});

test('a key that another process revokes is refused within a second', async () => {
  const { server, key } = await published();
  expect((await server.call('greet', key, inputs)).status).toBe(200);
  const beside = await openServices({ dataFolder: server.dataFolder, environment: {}, version: 'test', startsRuns: false });
  onTestFinished(() => beside.close());
  const [row] = await beside.deps.database.keys.list('ws_local');
  const ctx = { workspaceId: 'ws_local', actor: { kind: 'owner' }, locale: 'en', deps: beside.deps } as const;
  await revokeKey({ ctx, input: { id: row?.id ?? '' } });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await server.call('greet', key, inputs)).status).toBe(401);
});

test('no file of the data folder holds a key, a cookie or the half of one', async () => {
  const { server, key } = await published();
  await server.call('greet', key, inputs);
  const secrets = [key, key.slice(8, 40), server.cookie.split('=')[1] ?? '?'];
  for (const name of readdirSync(server.dataFolder)) {
    const bytes = readFileSync(`${server.dataFolder}/${name}`, 'latin1');
    for (const secret of secrets) expect(bytes.includes(secret), name).toBe(false);
  }
});
