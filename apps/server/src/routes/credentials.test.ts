import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { modelFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

const key = 'sk-planted-route-key-0001';

async function withProvider() {
  const fake = await startFakeProvider({ apiKey: key, models: ['best'] });
  onTestFinished(() => fake.close());
  const server = await startTestServer();
  const connection = { kind: 'provider', provider: 'openai', key, baseUrl: fake.url };
  return { fake, server, connection, make: async () => readJson(await server.asOwner('POST', '/api/credentials', connection), 201) };
}

test('a connection is made, listed, changed, tested, tried, rotated and deleted', async () => {
  const { server, make } = await withProvider();
  const { asOwner } = server;
  const { id, ...made } = await make();
  expect(made).toMatchObject({ name: 'openai', hint: '••••0001', lastTest: { ok: true, models: 1 }, isAuto: true });
  expect(await readJson(await asOwner('GET', '/api/credentials'))).toEqual({
    credentials: [{ id, ...made }],
    environment: [],
    defaultModel: null,
  });
  expect((await readJson(await asOwner('GET', '/api/models')))['models'].map((model: { id: string }) => model.id)).toContain('openai/best');
  expect(await readJson(await asOwner('PUT', `/api/credentials/${id}`, { title: 'Mine' }))).toMatchObject({
    title: 'Mine',
    name: 'openai',
  });
  expect(await readJson(await asOwner('POST', `/api/credentials/${id}/test`))).toMatchObject({ ok: true });
  const tried = await asOwner('POST', `/api/credentials/${id}/try`, { prompt: 'One two three' });
  expect(tried.headers.get('content-type')).toContain('text/event-stream');
  const events = readEvents(await tried.text());
  expect(events.filter(({ event }) => event === 'output-chunk').map(({ data }) => data['text'])).toEqual(['One ', 'two ', 'three']);
  expect(events.at(-1)).toMatchObject({ event: 'run-end', data: { status: 'succeeded' } });
  const rotated = await readJson(await asOwner('POST', `/api/credentials/${id}/rotate`, { key: 'sk-planted-next-0002', untested: true }));
  expect(rotated).toMatchObject({ hint: '••••0002', lastTest: null });
  expect((await asOwner('DELETE', `/api/credentials/${id}`)).status).toBe(204);
  expect((await readJson(await asOwner('GET', '/api/credentials')))['credentials']).toEqual([]);
});

test('a wrong key is a plain sentence at its place, in the reader’s language, and is in no answer', async () => {
  const { server, connection } = await withProvider();
  const wrong = { ...connection, key: 'sk-planted-wrong-9999' };
  const english = await (await server.asOwner('POST', '/api/credentials', wrong)).text();
  expect(JSON.parse(english)).toMatchObject({
    status: 400,
    errors: [{ pointer: '/key', message: expect.stringContaining('does not accept the key') }],
  });
  const chinese = await (await server.asOwner('POST', '/api/credentials', wrong, { 'accept-language': 'zh' })).text();
  expect(JSON.parse(chinese).errors[0].message).toMatch(/不接受此密钥/);
  for (const text of [english, chinese]) expect(text).not.toContain('planted');
});

test.each([
  ['no kind', { provider: 'openai', key }, '/kind'],
  ['a strange kind', { kind: 'other', provider: 'openai', key }, '/kind'],
  ['a key with a line break', { kind: 'provider', provider: 'openai', key: 'sk-planted\nx: y' }, '/key'],
  ['a key with spaces', { kind: 'provider', provider: 'openai', key: 'sk planted words' }, '/key'],
  ['a key in another alphabet', { kind: 'provider', provider: 'openai', key: 'sk-planted-é' }, '/key'],
  ['a key that is no text', { kind: 'provider', provider: 'openai', key: { planted: 1 } }, '/key'],
  ['an endless key', { kind: 'provider', provider: 'openai', key: 'planted'.repeat(1_000) }, '/key'],
  ['a bad name', { kind: 'provider', provider: 'openai', key, name: 'Not A Name' }, '/name'],
  ['a reserved name', { kind: 'provider', provider: 'openai', key, name: 'demo' }, '/name'],
  ['a strange part', { kind: 'provider', provider: 'openai', key, workspaceId: 'ws_other' }, '/workspaceId'],
  ['a key file that is none', { kind: 'provider', provider: 'vertex', key: '{"planted": 1}' }, '/key'],
  ['half of a pair', { kind: 'provider', provider: 'bedrock', key: 'planted:', region: 'eu-central-1' }, '/key'],
  ['a region that is none', { kind: 'provider', provider: 'bedrock', key: 'planted:b', region: 'planted/x' }, '/region'],
  ['no region where one is needed', { kind: 'provider', provider: 'bedrock', key: 'planted:b' }, '/region'],
  ['an address of many lines', { kind: 'provider', provider: 'azure', key: 'planted', model: 'm', baseUrl: 'https://x\ny' }, '/baseUrl'],
  ['a secret without a title', { kind: 'secret', key: 'Bearer planted', baseUrl: 'https://x.example' }, '/title'],
  ['a secret without a host', { kind: 'secret', key: 'Bearer planted', title: 'CRM' }, '/baseUrl'],
  ['a secret for no address', { kind: 'secret', key: 'Bearer planted', title: 'CRM', baseUrl: 'crm' }, '/baseUrl'],
])('%s is refused at %s, without the secret', async (_name, body, pointer) => {
  const { asOwner } = await startTestServer();
  const answer = await asOwner('POST', '/api/credentials', body);
  const text = await answer.text();
  expect(answer.status).toBe(400);
  expect(JSON.parse(text).errors).toMatchObject([{ pointer, message: expect.any(String) }]);
  expect(text).not.toContain('planted');
});

test('a connection to a cloud is made of its parts, and tells them but for its secret', async () => {
  const { asOwner } = await startTestServer();
  const body = { kind: 'provider', provider: 'bedrock', key: 'AKIAIOSFODNN7EXAMPLE\nplanted', region: 'eu-central-1', untested: true };
  const made = await asOwner('POST', '/api/credentials', body);
  const text = await made.text();
  expect(JSON.parse(text)).toMatchObject({
    name: 'bedrock',
    origin: 'https://bedrock-runtime.eu-central-1.amazonaws.com',
    baseUrl: null,
    region: 'eu-central-1',
    hint: '••••MPLE',
  });
  expect(text).not.toContain('planted');
  const { providers } = await readJson(await asOwner('GET', '/api/providers'));
  expect(providers.find(({ id }: { id: string }) => id === 'bedrock')).toMatchObject({ keyForm: 'pair', fields: expect.any(Array) });
});

test('a connection kept for managers is no way for a key that runs, whether it waits or not', async () => {
  const { server, connection } = await withProvider();
  const { id } = await readJson(await server.asOwner('POST', '/api/credentials', { ...connection, usableBy: 'managers' }), 201);
  const flow = await server.publish(modelFlow('openai/best'), 'ask');
  const bearer = async (...scopes: string[]) => ({ authorization: `Bearer ${await server.makeKey(scopes)}` });
  const run = { inputs: { name: 'Ada' } };
  const call = async (headers: Record<string, string>) => readRaw(await server.send('POST', '/v1/flows/ask/runs', run, headers));
  const runner = await bearer('run');
  const refusal = { code: 'auth', nodeId: 'ask', detail: expect.stringContaining('“openai” is only for those who manage this workspace') };
  expect(await call(runner)).toMatchObject({ status: 502, json: refusal });
  expect(await call({ ...runner, accept: 'text/event-stream' })).toMatchObject({ text: expect.stringContaining('connection_reserved') });
  expect(await call(await bearer('manage'))).toMatchObject({ status: 200 });
  expect(await readJson(await server.asOwner('POST', `/api/flows/${flow}/runs`, run))).toMatchObject({ run: { status: 'succeeded' } });

  const accepted = await call({ ...runner, prefer: 'respond-async' });
  expect(accepted.status).toBe(202);
  const later = async () => (await readRaw(await server.send('GET', accepted.location ?? '', undefined, runner))).json;
  await vi.waitFor(async () => expect(await later()).toMatchObject({ run: { status: 'failed' } }), { timeout: 20_000 });
  expect(JSON.stringify(await later())).toContain('connection_reserved');

  await readJson(await server.asOwner('PUT', `/api/credentials/${id}`, { usableBy: 'everyone' }));
  expect(await call(runner)).toMatchObject({ status: 200 });
  await readJson(await server.asOwner('PUT', `/api/credentials/${id}`, { usableBy: 'nobody' }), 400);
});

async function readRaw(answer: Response) {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, text, json: isJson ? JSON.parse(text) : undefined, location: answer.headers.get('location') };
}

test('a secret is bound to the origin of its address', async () => {
  const { asOwner } = await startTestServer();
  const body = { kind: 'secret', key: 'Bearer planted-value', title: 'Our CRM', baseUrl: 'https://crm.example/api/v2?x=1' };
  const made = await readJson(await asOwner('POST', '/api/credentials', body), 201);
  expect(made).toMatchObject({
    kind: 'secret',
    name: 'our-crm',
    origin: 'https://crm.example',
    provider: null,
    lastTest: null,
    isAuto: false,
  });
  expect(await readJson(await asOwner('POST', `/api/credentials/${made['id']}/test`), 400)).toMatchObject({ code: 'invalid_input' });
});

test('providers say how their keys look and where they are reached; an Ollama is looked for where it is said to be', async () => {
  const fake = await startFakeProvider({ models: ['llama3.2'] });
  onTestFinished(() => fake.close());
  const { asOwner } = await startTestServer({ OLLAMA_BASE_URL: fake.url });
  const { providers } = await readJson(await asOwner('GET', '/api/providers', undefined, { 'accept-language': 'zh' }));
  expect(providers.find(({ id }: { id: string }) => id === 'openai')).toMatchObject({
    keyPrefixes: expect.arrayContaining(['sk-']),
    needsKey: true,
  });
  expect(providers.find(({ id }: { id: string }) => id === 'custom').title).toMatch(/\p{Script=Han}/u);
  expect(await readJson(await asOwner('GET', '/api/providers/ollama'))).toEqual({ found: true, models: ['llama3.2'] });
});

test('what auto means is chosen among what there is', async () => {
  const { server, make } = await withProvider();
  await make();
  expect(await readJson(await server.asOwner('PUT', '/api/models/default', { model: 'openai/best' }))).toEqual({ model: 'openai/best' });
  expect(await readJson(await server.asOwner('GET', '/api/credentials'))).toMatchObject({ defaultModel: 'openai/best' });
  await readJson(await server.asOwner('PUT', '/api/models/default', { model: 'nobody/x' }), 400);
  await readJson(await server.asOwner('PUT', '/api/models/default', {}), 400);
});

test('keys that run flows or read runs see no connection', async () => {
  const { server, make, connection } = await withProvider();
  const { id } = await make();
  const key = await server.makeKey(['run', 'read']);
  const headers = { authorization: `Bearer ${key}` };
  for (const [method, path, body] of [
    ['GET', '/api/credentials'],
    ['GET', '/api/providers'],
    ['POST', '/api/credentials', connection],
    ['PUT', `/api/credentials/${id}`, { title: 'x' }],
    ['POST', `/api/credentials/${id}/rotate`, { key: 'x' }],
    ['POST', `/api/credentials/${id}/test`],
    ['POST', `/api/credentials/${id}/try`, { prompt: 'x' }],
    ['DELETE', `/api/credentials/${id}`],
    ['PUT', '/api/models/default', { model: null }],
  ] as const) {
    expect((await server.send(method, path, body, headers)).status, `${method} ${path}`).toBe(403);
  }
});
