import { expect, test, vi } from 'vitest';
import { type Running, startOverSockets } from './over-sockets.ts';

// A thread that runs code starts when the machine gets round to it.
vi.setConfig({ testTimeout: 120_000 });

const port = (id: string, type = 'any') => ({ id, title: id, type });

/** A flow that hands its input to one step and answers with what that gives. */
const through = (type: string, config: object, output: string) => ({
  format: 'patchbay/flow',
  version: 1,
  name: type,
  nodes: {
    in: { type: 'input', config: { fields: [port('value')] } },
    step: { type, config },
    out: { type: 'output', config: { fields: [port('result')] } },
  },
  edges: [
    { from: 'in.value', to: 'step.value' },
    { from: `step.${output}`, to: 'out.result' },
  ],
  layout: {},
});

const secret = 'sk-planted-where-no-code-may-look';
const start = () => startOverSockets({ OPENAI_API_KEY: secret, PATCHBAY_PLANTED: secret });

async function callNew(server: Running, slug: string, flow: object, value: unknown) {
  await server.publish(flow as never, slug);
  return server.call(slug, await server.makeKey(['run']), { inputs: { value } });
}

test('code sees its values and nothing of the server, whatever it tries', async () => {
  const server = await start();
  const source = `
    const seen = {};
    const tried = [
      () => this.process, () => globalThis.process, () => [].constructor.constructor('return process')(),
      () => value.constructor.constructor('return globalThis.process')(), () => eval('process'), () => require('node:fs'),
      () => fetch('http://127.0.0.1/'), () => new Worker('data:,'), () => WebAssembly.Memory, () => console.log.constructor('return process')(),
    ];
    for (const [index, one] of tried.entries()) { try { const got = one(); if (got !== undefined) seen[index] = String(got); } catch {} }
    Object.prototype.polluted = 'yes';
    return { seen, names: Object.getOwnPropertyNames(globalThis).length > 0, value };`;
  const answer = await callNew(server, 'code', through('code', { values: [{ id: 'value' }], source }, 'result'), { a: 1 });
  expect(answer.status).toBe(200);
  expect(answer.json.outputs.result).toEqual({ seen: {}, names: true, value: { a: 1 } });
  expect(answer.text).not.toContain(secret);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('code that never ends is stopped with its reason, and the server answers on', async () => {
  const server = await start();
  const config = { values: [{ id: 'value' }], source: 'if (value === "go") for (;;); return 1', seconds: 1 };
  const answer = await callNew(server, 'endless', through('code', config, 'result'), 'go');
  expect(answer.status).toBe(504);
  expect(answer.json).toMatchObject({ code: 'timeout', nodeId: 'step' });
  expect((await server.send('GET', '/health')).status).toBe(200);
});

test('an input is never read as code, expression or template', async () => {
  const server = await start();
  const evil = '"); return process; ({{value}}{% include "x" %} + value.constructor {process.exit(1)}';
  const flows: [string, object][] = [
    ['as-code', through('code', { values: [{ id: 'value' }], source: 'return value' }, 'result')],
    ['as-expression', through('expression', { values: [{ id: 'value' }], expression: 'value + ""' }, 'result')],
    ['as-template', through('template', { values: [{ id: 'value' }], template: '{{ value }}' }, 'text')],
  ];
  for (const [slug, flow] of flows) {
    const answer = await callNew(server, slug, flow, evil);
    expect(answer.json.outputs, slug).toEqual({ result: evil });
  }
});

test('an expression or a template that would run for long is refused over the wire', async () => {
  const server = await start();
  const value = Array.from({ length: 2_000 }, (_, index) => index);
  const nested = through('expression', { expression: 'value.all(a, value.all(b, value.all(c, a + b + c >= 0)))' }, 'result');
  const refused = await callNew(server, 'nested', nested, value);
  expect([refused.status, refused.json.code]).toEqual([400, 'invalid_input']);
  const loops = '{% for a in value %}{% for b in value %}{% for c in value %}{% endfor %}{% endfor %}{% endfor %}';
  const stopped = await callNew(server, 'loops', through('template', { template: loops }, 'text'), value);
  expect([stopped.status, stopped.json.code]).toEqual([400, 'invalid_input']);
});

test('what cannot be used is refused when it is published', async () => {
  const server = await start();
  for (const flow of [
    through('expression', { expression: 'value +' }, 'result'),
    through('template', { template: '{% nope %}' }, 'text'),
  ]) {
    const made = await server.asOwner('POST', '/api/flows', flow);
    const published = await server.asOwner('POST', `/api/flows/${made.json.id}/versions`, {});
    expect(published.status).toBe(400);
    expect(published.text).toMatch(/expression_bad|template_bad|cannot be used/);
  }
});
