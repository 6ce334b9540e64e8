import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, modelFlow, plainFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

const inputs = { inputs: { name: 'Ada' } };

test('a published flow answers whoever has a key of scope run, and nobody else', async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const answer = await readJson(await server.send('POST', '/v1/flows/greet/runs', inputs, bearer(key)));
  expect(answer).toMatchObject({ outputs: { greeting: 'Hello Ada!' }, run: { id: expect.stringMatching(/^run_/), status: 'succeeded' } });
  expect(answer['run']).not.toHaveProperty('simulated');

  const refused = [
    {},
    { authorization: key },
    { authorization: `bearer ${key}` },
    { authorization: `Basic ${key}` },
    bearer(`${key}x`),
    bearer(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`),
  ];
  for (const headers of refused) {
    const response = await server.send('POST', '/v1/flows/greet/runs', inputs, headers);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(await readJson(response, 401)).toMatchObject({ code: 'unauthenticated' });
  }
  expect((await server.send('POST', `/v1/flows/greet/runs?key=${key}`, inputs)).status).toBe(401);
  expect((await server.asOwner('POST', '/v1/flows/greet/runs', inputs)).status).toBe(401);
  const reader = await server.makeKey(['read']);
  expect(await readJson(await server.send('POST', '/v1/flows/greet/runs', inputs, bearer(reader)), 403)).toMatchObject({
    code: 'forbidden',
    detail: expect.stringContaining('run'),
  });
});

test('a key for some flows runs only these, and learns nothing of others', async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  await server.publish(plainFlow, 'other');
  const key = await server.makeKey(['run'], ['greet']);
  expect((await server.send('POST', '/v1/flows/greet/runs', inputs, bearer(key))).status).toBe(200);
  expect((await server.send('POST', '/v1/flows/greet@1/runs', inputs, bearer(key))).status).toBe(200);
  const there = await readJson(await server.send('POST', '/v1/flows/other/runs', inputs, bearer(key)), 403);
  const notThere = await readJson(await server.send('POST', '/v1/flows/nowhere/runs', inputs, bearer(key)), 403);
  const alike = ({ code, detail, title }: Record<string, string>) => ({ code, title, detail: detail?.replace(/other|nowhere/, '…') });
  expect(alike(there)).toEqual(alike(notThere));
});

test('a revoked key is refused at once', async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  expect((await server.send('POST', '/v1/flows/greet/runs', inputs, bearer(key))).status).toBe(200);
  const { keys } = await readJson(await server.asOwner('GET', '/api/keys'));
  expect((await server.asOwner('DELETE', `/api/keys/${keys[0].id}`)).status).toBe(204);
  expect((await server.send('POST', '/v1/flows/greet/runs', inputs, bearer(key))).status).toBe(401);
});

test.each(['greet@2', 'nowhere', 'GREET', 'greet@0', 'greet@', 'a b', '__proto__', 'constructor', 'greet@99999999999'])(
  'no flow is published as %s',
  async (slug) => {
    const server = await startTestServer();
    await server.publish(plainFlow, 'greet');
    const key = await server.makeKey(['run']);
    const response = await server.send('POST', `/v1/flows/${encodeURIComponent(slug)}/runs`, inputs, bearer(key));
    expect(await readJson(response, 404)).toMatchObject({ code: 'not_found' });
  },
);

test('wrong inputs are named one by one, in the reader’s language', async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const headers = bearer(await server.makeKey(['run']));
  const call = (body: unknown, extra = {}) => server.send('POST', '/v1/flows/greet/runs', body, { ...headers, ...extra });
  expect(await readJson(await call({ inputs: {} }), 400)).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/inputs/name' }] });
  expect(await readJson(await call({}), 400)).toMatchObject({ errors: [{ pointer: '/inputs/name' }] });
  expect(await readJson(await call({ inputs: { name: 7 } }), 400)).toMatchObject({ errors: [{ pointer: '/inputs/name' }] });
  expect(await readJson(await call({ inputs: { name: 'a', extra: 1 } }), 400)).toMatchObject({ errors: [{ pointer: '/inputs/extra' }] });
  expect(await readJson(await call({ name: 'Ada' }), 400)).toMatchObject({ errors: [{ pointer: '/name' }] });
  expect(await readJson(await call({ inputs: { name: 'a' }, graph: {} }), 400)).toMatchObject({ errors: [{ pointer: '/graph' }] });
  const chinese = await call({ inputs: {} }, { 'accept-language': 'zh' });
  expect(chinese.headers.get('content-language')).toBe('zh-Hans');
  expect((await readJson(chinese, 400))['errors'][0].message).toMatch(/\p{Script=Han}/u);
});

test('a stream shows that steps run and what the flow answers, never the values between', async () => {
  const server = await startTestServer();
  await server.publish(modelFlow('demo/echo'), 'ask');
  const headers = { ...bearer(await server.makeKey(['run'])), accept: 'text/event-stream' };
  const response = await server.send('POST', '/v1/flows/ask/runs', inputs, headers);
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  const events = readEvents(await response.text());
  expect(events[0]?.event).toBe('run-start');
  expect(events.at(-1)?.event).toBe('run-end');
  const ends = events.filter(({ event }) => event === 'step-end');
  expect(ends).toHaveLength(4);
  for (const { data } of ends) expect(data).not.toHaveProperty('outputs');
  expect(events.some(({ event }) => event === 'step-chunk')).toBe(false);
  expect(
    events
      .filter(({ event }) => event === 'output-chunk')
      .map(({ data }) => data['text'])
      .join(''),
  ).toBe('Hello Ada!');
});

test('a provider that fails is a problem document with the run, its outputs and whether to try again', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'status', status: 401 } } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_API_KEY: 'sk-test-secret' });
  await server.publish(modelFlow('auto'), 'ask');
  const headers = bearer(await server.makeKey(['run']));
  const failed = await server.send('POST', '/v1/flows/ask/runs', inputs, headers);
  const document = await readJson(failed, 502);
  expect(document).toMatchObject({ status: 502, code: 'auth', nodeId: 'ask', retryable: false, outputs: {}, run: { status: 'failed' } });
  expect(document['runId']).toBe(document['run'].id);
  expect(JSON.stringify(document)).not.toContain('sk-test-secret');
  expect(server.logged.join('')).not.toContain('sk-test-secret');
  const detail = await readJson(await server.asOwner('GET', `/api/runs/${document['runId']}`));
  expect(detail).toMatchObject({ error: { class: 'auth', node: 'ask', message: expect.any(String) }, source: 'api', version: 1 });
  const stream = readEvents(
    await (await server.send('POST', '/v1/flows/ask/runs', inputs, { ...headers, accept: 'text/event-stream' })).text(),
  );
  expect(stream.at(-1)).toMatchObject({
    event: 'run-end',
    data: { status: 'failed', error: { class: 'auth', message: expect.any(String) } },
  });
});

test('with a provider set, model steps call it', async () => {
  const provider = await startFakeProvider({ reply: { text: 'A real answer' } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'fake-model' });
  await server.publish(modelFlow('auto'), 'ask');
  const response = await server.send('POST', '/v1/flows/ask/runs', inputs, bearer(await server.makeKey(['run'])));
  expect(response.headers.get('patchbay-simulated')).toBeNull();
  expect((await readJson(response))['outputs']).toEqual({ greeting: 'A real answer' });
  expect(provider.calls).toHaveLength(1);
});
