import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow } from '../test-server.ts';
import { inside, startOverSockets } from './over-sockets.ts';

test('the endpoint of a flow takes inputs and nothing that would change the flow', async () => {
  const server = await startOverSockets();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const names = [
    'flow',
    'graph',
    'document',
    'nodes',
    'edges',
    'node',
    'code',
    'script',
    'config',
    'overrides',
    'model',
    'tweaks',
    'version',
    'env',
  ];
  for (const name of [...names, '__proto__', 'constructor', 'prototype']) {
    for (const body of [`{"inputs":{"name":"x"},"${name}":{}}`, `{"inputs":{"name":"x","${name}":{}}}`]) {
      const answer = await server.call('greet', key, body);
      expect(answer.status, body).toBe(400);
      expect(answer.json.errors[0].pointer, body).toContain(name);
    }
  }
  expect((await server.asOwner('GET', '/api/runs')).json.runs).toEqual([]);
});

test('saving, checking, publishing, reading and listing a flow call nobody and run nothing', async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const server = await startOverSockets({
    OPENAI_BASE_URL: provider.url,
    OPENAI_MODEL: 'm',
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${provider.port}`,
  });
  const nodes = { ...modelFlow('auto').nodes, web: { type: 'http', config: { url: `${provider.url}/models` } } };
  const flow = { ...modelFlow('auto'), nodes };
  const { id, etag } = (await server.asOwner('POST', '/api/flows', flow)).json;
  await server.asOwner('PUT', `/api/flows/${id}`, { ...flow, name: 'Again' }, { 'if-match': etag });
  expect((await server.asOwner('POST', `/api/flows/${id}/check`)).status).toBe(200);
  expect((await server.asOwner('POST', `/api/flows/${id}/versions`, {})).status).toBe(201);
  await server.asOwner('GET', `/api/flows/${id}`);
  await server.asOwner('GET', '/api/flows');
  expect(provider.calls).toEqual([]);
  expect((await server.asOwner('GET', '/api/runs')).json.runs).toEqual([]);
});

/** Text that a careless program would run, in every place that takes text. */
const code = [
  'process.exit(1)',
  "{{constructor.constructor('return process')().exit(1)}}",
  ['$', '{process.exit(1)}'].join(''),
  '<%= process.exit(1) %>',
  "{% include '/etc/passwd' %}",
  '#{7*7}',
  "=cmd|'/c calc'!A1",
  '`id`; $(id)',
  "'; drop table flows; --",
  '{{7*7}}',
];

test.each(code)('%j stays text wherever it is written', async (text) => {
  const server = await startOverSockets();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  expect((await server.call('greet', key, { inputs: { name: text } })).json.outputs).toEqual({ greeting: `Hello ${text}!` });
  const places = [
    { ...plainFlow, name: text },
    { ...plainFlow, nodes: { ...plainFlow.nodes, say: { ...plainFlow.nodes.say, title: text, note: text } } },
    { ...plainFlow, nodes: { ...plainFlow.nodes, say: { type: text, config: {} } } },
    { ...plainFlow, nodes: { ...plainFlow.nodes, say: { type: 'prompt', config: { template: text } } } },
    { ...plainFlow, nodes: { ...plainFlow.nodes, [text]: plainFlow.nodes.say } },
  ];
  for (const flow of places) {
    const made = await server.asOwner('POST', '/api/flows', flow);
    expect([201, 400]).toContain(made.status);
    if (made.status !== 201) continue;
    for (const [path, body] of [
      ['check', undefined],
      ['runs', { inputs: { name: 'x' } }],
      ['versions', {}],
    ] as const) {
      const answer = await server.asOwner('POST', `/api/flows/${made.json.id}/${path}`, body);
      expect([200, 201, 400]).toContain(answer.status);
      expect(answer.text).not.toMatch(inside);
      expect(answer.text).not.toContain('"49"');
    }
  }
  expect((await server.send('GET', '/health')).json.status).toBe('ok');
});
