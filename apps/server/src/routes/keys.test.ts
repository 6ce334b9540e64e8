import { expect, test } from 'vitest';
import { bearer, plainFlow, readJson, startTestServer } from '../test-server.ts';

test('a key is shown once; the list has its end, its scopes and its times', async () => {
  const { asOwner, publish } = await startTestServer();
  await publish(plainFlow, 'greet');
  const made = await readJson(await asOwner('POST', '/api/keys', { name: 'ci', scopes: ['read', 'run', 'run'], flows: ['greet'] }), 201);
  expect(made['key']).toMatch(/^pb_live_[0-9A-Za-z]{49}$/);
  expect(made).toMatchObject({ name: 'ci', scopes: ['run', 'read'], flows: ['greet'], lastUsedAt: null, revokedAt: null });
  expect(made['hint']).toBe(`pb_live_…${made['key'].slice(-4)}`);
  const list = await (await asOwner('GET', '/api/keys')).text();
  expect(list).not.toContain(made['key']);
  const { key: _key, ...rest } = made;
  expect(JSON.parse(list)).toEqual({ keys: [rest] });
});

test('use is noted, revoking ends it, revoking twice is harmless, an unknown id is not found', async () => {
  const { asOwner, send } = await startTestServer();
  const { key, id } = await readJson(await asOwner('POST', '/api/keys', { name: 'ci', scopes: ['manage'] }), 201);
  expect((await send('GET', '/api/keys', undefined, bearer(key))).status).toBe(200);
  const [used] = (await readJson(await asOwner('GET', '/api/keys')))['keys'];
  expect(used.lastUsedAt).not.toBeNull();
  expect((await asOwner('DELETE', `/api/keys/${id}`)).status).toBe(204);
  expect((await asOwner('DELETE', `/api/keys/${id}`)).status).toBe(204);
  expect((await send('GET', '/api/keys', undefined, bearer(key))).status).toBe(401);
  const [revoked] = (await readJson(await asOwner('GET', '/api/keys')))['keys'];
  expect(revoked.revokedAt).not.toBeNull();
  expect((await asOwner('DELETE', '/api/keys/key_none')).status).toBe(404);
});

test.each([
  [{ name: '', scopes: ['run'] }, '/name'],
  [{ name: 'x', scopes: [] }, '/scopes'],
  [{ name: 'x', scopes: ['admin'] }, '/scopes/0'],
  [{ scopes: ['run'] }, '/name'],
  [{ name: 'x', scopes: ['run'], flows: ['Not A Slug'] }, '/flows/0'],
  [{ name: 'x', scopes: ['run'], flows: ['nowhere'] }, '/flows/0'],
  [{ name: 'x', scopes: ['run'], hash: 'mine' }, '/hash'],
])('%o is refused at %s', async (body, pointer) => {
  const { asOwner } = await startTestServer();
  const { errors } = await readJson(await asOwner('POST', '/api/keys', body), 400);
  expect(errors).toMatchObject([{ pointer, message: expect.any(String) }]);
});
