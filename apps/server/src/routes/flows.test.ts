import { expect, test } from 'vitest';
import { modelFlow, plainFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

test('a bare document becomes a flow with an address, a tag and its canonical form', async () => {
  const { asOwner } = await startTestServer();
  const response = await asOwner('POST', '/api/flows', plainFlow);
  const made = await readJson(response, 201);
  expect(made).toMatchObject({ slug: 'greeting', flow: { name: 'Greeting' }, published: null });
  expect(made['id']).toMatch(/^flow_[0-9a-z]{26}$/);
  expect(response.headers.get('etag')).toBe(made['etag']);
  const read = await asOwner('GET', `/api/flows/${made['id']}`);
  expect(read.headers.get('etag')).toBe(made['etag']);
  expect(await readJson(read)).toEqual(made);
  expect((await readJson(await asOwner('POST', '/api/flows', plainFlow), 201))['slug']).toBe('greeting-2');
  expect((await readJson(await asOwner('POST', '/api/flows', { ...plainFlow, name: '客服邮件' }), 201))['slug']).toBe('flow');
});

test('an address may be wished for in the query; it is made free, and one that is none is refused', async () => {
  const { asOwner } = await startTestServer();
  const chinese = { ...plainFlow, name: '客服邮件' };
  expect((await readJson(await asOwner('POST', '/api/flows?slug=support', chinese), 201))['slug']).toBe('support');
  expect((await readJson(await asOwner('POST', '/api/flows?slug=support', chinese), 201))['slug']).toBe('support-2');
  expect(await readJson(await asOwner('POST', '/api/flows?slug=A%20B', chinese), 400)).toMatchObject({ errors: [{ pointer: '/slug' }] });
  expect((await readJson(await asOwner('GET', '/api/flows')))['flows']).toHaveLength(2);
});

test('a published flow that gets another address answers under both', async () => {
  const server = await startTestServer();
  const id = await server.publish(plainFlow, 'old');
  const key = await server.makeKey(['run'], ['old']);
  await readJson(await server.asOwner('POST', `/api/flows/${id}/versions`, { slug: 'new' }), 201);
  for (const slug of ['old', 'new', 'old@1']) {
    await readJson(await server.send('POST', `/v1/flows/${slug}/runs`, { inputs: { name: 'Ada' } }, { authorization: `Bearer ${key}` }));
  }
});

test('the list tells of steps, runs and calls', async () => {
  const server = await startTestServer();
  const id = await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  await server.asOwner('POST', `/api/flows/${id}/runs`, { inputs: { name: 'Ada' } });
  await server.send('POST', '/v1/flows/greet/runs', { inputs: { name: 'Ada' } }, { authorization: `Bearer ${key}` });
  const { flows } = await readJson(await server.asOwner('GET', '/api/flows'));
  expect(flows).toMatchObject([
    {
      id,
      slug: 'greet',
      name: 'Greeting',
      nodeCount: 3,
      publishedVersion: 1,
      calls24h: 1,
      lastRun: { status: 'succeeded', simulated: false },
    },
  ]);
});

test('a draft is saved over the tag that was read; a newer one is 412 with its tag and nothing is lost', async () => {
  const { asOwner } = await startTestServer();
  const { id, etag } = await readJson(await asOwner('POST', '/api/flows', plainFlow), 201);
  const path = `/api/flows/${id}`;
  const mine = { ...plainFlow, name: 'Mine' };
  expect((await readJson(await asOwner('PUT', path, mine), 412))['code']).toBe('precondition_failed');
  const saved = await readJson(await asOwner('PUT', path, mine, { 'if-match': etag }), 200);
  expect(saved).toMatchObject({ flow: { name: 'Mine' } });
  expect(saved['etag']).not.toBe(etag);
  const late = await asOwner('PUT', path, { ...plainFlow, name: 'Theirs' }, { 'if-match': etag });
  expect(late.headers.get('etag')).toBe(saved['etag']);
  expect(await readJson(late, 412)).toMatchObject({ code: 'precondition_failed', detail: expect.stringContaining('changed meanwhile') });
  expect((await readJson(await asOwner('GET', path)))['flow']).toMatchObject({ name: 'Mine' });
  const bare = String(saved['etag']).slice(1, -1);
  await readJson(await asOwner('PUT', path, plainFlow, { 'if-match': bare }), 200);
});

test('a hundred saves at once over one tag: exactly one is kept', async () => {
  const { asOwner } = await startTestServer();
  const { id, etag } = await readJson(await asOwner('POST', '/api/flows', plainFlow), 201);
  const saves = Array.from({ length: 100 }, (_, at) =>
    asOwner('PUT', `/api/flows/${id}`, { ...plainFlow, name: `N${at}` }, { 'if-match': etag }),
  );
  const statuses = (await Promise.all(saves)).map((response) => response.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 412)).toHaveLength(99);
});

test('check names every problem with its sentence, in the reader’s language', async () => {
  const { asOwner } = await startTestServer();
  const broken = {
    ...plainFlow,
    edges: [
      { from: 'in.name', to: 'say.name' },
      { from: 'say.text', to: 'gone.x' },
    ],
  };
  const { id } = await readJson(await asOwner('POST', '/api/flows', broken), 201);
  const english = await readJson(await asOwner('POST', `/api/flows/${id}/check`));
  expect(english['problems'].length).toBeGreaterThan(0);
  expect(english['problems'][0]).toMatchObject({ severity: 'error', pointer: expect.stringMatching(/^\//), message: expect.any(String) });
  const chinese = await readJson(
    await asOwner('POST', `/api/flows/${id}/check`, undefined, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' }),
  );
  expect(chinese['problems'][0].message).toMatch(/\p{Script=Han}/u);
  const refused = await readJson(await asOwner('POST', `/api/flows/${id}/versions`, {}), 400);
  expect(refused).toMatchObject({ code: 'invalid_input', errors: [{ pointer: expect.any(String), message: expect.any(String) }] });
  const notRun = await readJson(await asOwner('POST', `/api/flows/${id}/runs`, { inputs: { name: 'x' } }), 400);
  expect(notRun['errors'].length).toBeGreaterThan(0);
});

test('publishing counts versions, keeps old ones callable, and one address belongs to one flow', async () => {
  const server = await startTestServer();
  const id = await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const { etag } = await readJson(await server.asOwner('GET', `/api/flows/${id}`));
  const next = structuredClone(plainFlow);
  next.nodes.say.config.template = 'Goodbye {{name}}!';
  await readJson(await server.asOwner('PUT', `/api/flows/${id}`, next, { 'if-match': etag }));
  const call = async (slug: string) =>
    (await readJson(await server.send('POST', `/v1/flows/${slug}/runs`, { inputs: { name: 'Ada' } }, { authorization: `Bearer ${key}` })))[
      'outputs'
    ].greeting;
  expect(await call('greet')).toBe('Hello Ada!');
  const second = await readJson(await server.asOwner('POST', `/api/flows/${id}/versions`, undefined), 201);
  expect(second).toMatchObject({ version: 2, slug: 'greet', endpoint: '/v1/flows/greet/runs' });
  expect(await call('greet')).toBe('Goodbye Ada!');
  expect(await call('greet@1')).toBe('Hello Ada!');
  const { versions } = await readJson(await server.asOwner('GET', `/api/flows/${id}/versions`));
  expect(versions).toMatchObject([
    { version: 2, endpoint: '/v1/flows/greet/runs' },
    { version: 1, endpoint: '/v1/flows/greet@1/runs' },
  ]);
  const first = await readJson(await server.asOwner('GET', `/api/flows/${id}/versions/1`));
  expect(first).toMatchObject({ version: 1, endpoint: '/v1/flows/greet@1/runs', hash: versions[1].hash });
  expect(first['flow'].nodes.say.config.template).toBe('Hello {{name}}!');
  expect(versions[0].hash).not.toBe(versions[1].hash);
  for (const absent of ['3', 'x', '01']) await readJson(await server.asOwner('GET', `/api/flows/${id}/versions/${absent}`), 404);
  const other = await readJson(await server.asOwner('POST', '/api/flows', plainFlow), 201);
  expect(await readJson(await server.asOwner('POST', `/api/flows/${other['id']}/versions`, { slug: 'greet' }), 409)).toMatchObject({
    code: 'conflict',
  });
  expect(await readJson(await server.asOwner('POST', `/api/flows/${other['id']}/versions`, { slug: 'Not A Slug' }), 400)).toMatchObject({
    errors: [{ pointer: '/slug' }],
  });
});

test('a deleted flow and its endpoint are gone at once; its runs stay', async () => {
  const server = await startTestServer();
  const id = await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const call = () => server.send('POST', '/v1/flows/greet/runs', { inputs: { name: 'Ada' } }, { authorization: `Bearer ${key}` });
  expect((await call()).status).toBe(200);
  expect((await server.asOwner('DELETE', `/api/flows/${id}`)).status).toBe(204);
  expect((await call()).status).toBe(404);
  expect((await server.asOwner('GET', `/api/flows/${id}`)).status).toBe(404);
  expect((await server.asOwner('DELETE', `/api/flows/${id}`)).status).toBe(404);
  expect((await readJson(await server.asOwner('GET', '/api/runs')))['runs']).toHaveLength(1);
});

test('a test run answers as JSON and as events, and is recorded with its steps', async () => {
  const { asOwner } = await startTestServer();
  const { id } = await readJson(await asOwner('POST', '/api/flows', modelFlow('demo/echo')), 201);
  const response = await asOwner('POST', `/api/flows/${id}/runs`, { inputs: { name: 'Ada' } });
  expect(response.headers.get('patchbay-simulated')).toBe('true');
  const answer = await readJson(response);
  expect(answer).toMatchObject({ outputs: { greeting: 'Hello Ada!' }, run: { status: 'succeeded', simulated: true, usage: { calls: 1 } } });

  const stream = await asOwner('POST', `/api/flows/${id}/runs`, { inputs: { name: 'Ada' } }, { accept: 'text/event-stream' });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  const events = readEvents(await stream.text());
  expect(events.map(({ id: number }) => number)).toEqual(events.map((_, at) => at + 1));
  expect(events[0]?.event).toBe('run-start');
  expect(events.at(-1)).toMatchObject({
    event: 'run-end',
    data: { status: 'succeeded', outputs: { greeting: 'Hello Ada!' }, simulated: true },
  });
  expect(events.some(({ event }) => event === 'output-chunk')).toBe(true);
  expect(events.find(({ event, data }) => event === 'step-end' && data['node'] === 'say')?.data['outputs']).toEqual({ text: 'Hello Ada!' });

  const detail = await readJson(await asOwner('GET', `/api/runs/${answer['run'].id}`));
  expect(detail).toMatchObject({
    flowId: id,
    flowName: 'Asking',
    version: null,
    source: 'test',
    inputs: { name: 'Ada' },
    outputs: { greeting: 'Hello Ada!' },
  });
  expect(detail['steps'].map((step: { node: string }) => step.node).sort()).toEqual(['ask', 'in', 'out', 'say']);
  expect(detail['steps'][0]).not.toHaveProperty('type');
});
