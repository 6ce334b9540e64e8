import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { plainFlow } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

const field = (type: string) => ({ type: 'input', config: { fields: [{ id: 'x', title: 'X', type }] } });
const templateFlow = (template: string, type = 'any') => ({
  ...plainFlow,
  nodes: { ...plainFlow.nodes, in: field(type), say: { type: 'prompt', config: { template } } },
  edges: [
    { from: 'in.x', to: 'say.x' },
    { from: 'say.text', to: 'out.greeting' },
  ],
});

/** Template, value, and what must come out; undefined where the run must fail with a sentence instead. */
const templates: [template: string, value: unknown, text: string | undefined][] = [
  ['{{x}}', '{{x}}', '{{x}}'],
  ['{{x}}{{x}}', '{{x}', '{{x}{{x}'],
  ['{{x}}', '\\{{x}}', '\\{{x}}'],
  ['\\{{x}}{{x}}', 'y', '{{x}}y'],
  ['{{x.a}}', { a: '{{x.b}}', b: 'secret' }, '{{x.b}}'],
  ['{% if x %}{{x}}{% endif %}', '1', '{% if x %}1{% endif %}'],
  ['#{x}<%= x %>[[x]]{{x}}', '1', '#{x}<%= x %>[[x]]1'],
  ['{{x.constructor?}}|', {}, '|'],
  ['{{x.__proto__?}}|', {}, '|'],
  ['{{x.toString?}}|{{x.hasOwnProperty?}}|', {}, '||'],
  ['{{x.constructor.name?}}|', 'text', '|'],
  ['{{x.length?}}|', 'text', '|'],
  ['{{x.constructor}}', { constructor: 'own' }, 'own'],
  ['{{x.constructor}}', {}, undefined],
  ['{{x.__proto__}}', {}, undefined],
  ['{{x[0].constructor}}', [{}], undefined],
];

test.each(templates)('the template %j with %j gives %j', async (template, value, text) => {
  const server = await startOverSockets();
  const made = await server.asOwner('POST', '/api/flows', templateFlow(template));
  expect(made.status).toBe(201);
  const run = await server.asOwner('POST', `/api/flows/${made.json.id}/runs`, { inputs: { x: value } });
  if (text === undefined) expect(run.json).toMatchObject({ status: 400, code: 'invalid_input' });
  else expect(run.json.outputs).toEqual({ greeting: text });
});

const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then', 'toJSON'];

test.each(keys)('“%s” is a key like any other in values, and no way to a prototype', async (key) => {
  const server = await startOverSockets();
  const made = await server.asOwner('POST', '/api/flows', {
    ...plainFlow,
    nodes: { in: field('any'), out: { type: 'output', config: { fields: [{ id: 'y', title: 'Y', type: 'any' }] } } },
    edges: [{ from: 'in.x', to: 'out.y' }],
  });
  const value = `{"${key}":{"polluted":true},"a":[{"${key}":1}]}`;
  const run = await server.asOwner('POST', `/api/flows/${made.json.id}/runs`, `{"inputs":{"x":${value}}}`);
  expect(run.status).toBe(200);
  expect(JSON.stringify(run.json.outputs.y)).toBe(value);
  const stored = await server.asOwner('GET', `/api/runs/${run.json.run.id}`);
  expect(JSON.stringify(stored.json.outputs.y)).toBe(value);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each(keys)('“%s” as a name in a document is refused or a name like any other', async (key) => {
  const server = await startOverSockets();
  const text = JSON.stringify(plainFlow);
  const documents = [
    text.replace('"say":{', `"${key}":{"type":"prompt","config":{"template":"a"}},"say":{`),
    text.replace('"type":"prompt"', `"type":"${key}"`),
    text.replace('"id":"name"', `"id":"${key}"`),
    text.replace('"template":', `"${key}":{"polluted":true},"template":`),
    text.replace('"layout":{}', `"layout":{"${key}":{"x":0,"y":0}}`),
    text.replace('"name":"Greeting"', `"name":"Greeting","${key}":{"polluted":true}`),
    text.replace('in.name', `in.${key}`),
    text.replace('in.name', `${key}.name`),
  ];
  for (const document of documents) {
    const made = await server.asOwner('POST', '/api/flows', document);
    expect([201, 400], document).toContain(made.status);
    if (made.status !== 201) continue;
    for (const path of ['check', 'runs', 'versions']) {
      const answer = await server.asOwner('POST', `/api/flows/${made.json.id}/${path}`, path === 'runs' ? { inputs: { name: 'x' } } : {});
      expect([200, 201, 400], `${path} ${document}`).toContain(answer.status);
    }
    expect((await server.asOwner('GET', `/api/flows/${made.json.id}`)).status).toBe(200);
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const statements = [
  "' or 1=1 --",
  "'; drop table flows; --",
  '" or ""="',
  '%',
  '_%',
  "flow_%' escape '",
  'x\0y',
  "')) union select * from api_keys --",
];

test('no text becomes SQL: not in ids, queries, names or addresses', async () => {
  const server = await startOverSockets();
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  await server.call('greet', key, { inputs: { name: 'x' } });
  for (const text of statements) {
    const part = encodeURIComponent(text);
    for (const path of [`/api/flows/${part}`, `/api/runs/${part}`, `/api/flows/${part}/versions`]) {
      expect((await server.asOwner('GET', path)).status, path).toBe(404);
    }
    expect((await server.asOwner('GET', `/api/runs?flow=${part}`)).json.runs).toEqual([]);
    expect((await server.asOwner('GET', `/api/runs?before=${part}`)).status).toBe(200);
    expect((await server.asOwner('GET', `/api/runs?limit=${part}`)).status).toBe(400);
    expect((await server.asOwner('GET', `/api/runs?sort=${part}`)).status).toBe(400);
    expect((await server.call(part, key, { inputs: {} })).status).toBe(404);
    expect((await server.asOwner('DELETE', `/api/keys/${part}`)).status).toBe(404);
    const made = await server.asOwner('POST', '/api/flows', { ...plainFlow, name: text });
    expect(made.status, text).toBe(201);
    expect((await server.asOwner('GET', `/api/flows/${made.json.id}`)).json.flow.name).toBe(text);
    const named = await server.asOwner('POST', '/api/keys', { name: `k${text}`, scopes: ['run'] });
    expect(named.json.name).toBe(`k${text}`.trim());
  }
  const driver = new Driver(`${server.dataFolder}/patchbay.db`, { readonly: true });
  expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(driver.prepare('select count(*) as n from flows').get()).toEqual({ n: statements.length + 1 });
  driver.close();
});
