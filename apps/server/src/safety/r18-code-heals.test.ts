import { expect, test } from 'vitest';
import { bearer, plainFlow, readJson, startTestServer } from '../test-server.ts';

/** Code that is good has the time a busy machine needs; that which never ends is not waited for. */
const codeFlow = (seconds: number) => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Code',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'what', title: 'What', type: 'text' }] } },
    work: {
      type: 'code',
      config: {
        values: [{ id: 'what', title: 'What' }],
        source: `if (what === 'loop') for (;;);
if (what === 'memory') { const held = []; for (;;) held.push(new ArrayBuffer(4000000)); }
if (what === 'stack') { const again = () => again() + 1; again(); }
if (what === 'throw') throw new Error('no');
return what.length;`,
        seconds,
      },
    },
    out: { type: 'output', config: { fields: [{ id: 'length', title: 'Length', type: 'any' }] } },
  },
  edges: [
    { from: 'in.what', to: 'work.what' },
    { from: 'work.result', to: 'out.length' },
  ],
  layout: {},
});

test('code that loops, fills memory, overflows or throws fails its own run, and the next run is as good as the first', {
  timeout: 240_000,
}, async () => {
  const server = await startTestServer();
  await server.publish(codeFlow(30), 'code');
  await server.publish(codeFlow(2), 'bad');
  await server.publish(plainFlow, 'greet');
  const key = await server.makeKey(['run']);
  const call = (what: string, slug = 'code') => server.send('POST', `/v1/flows/${slug}/runs`, { inputs: { what } }, bearer(key));
  expect(await readJson(await call('first'))).toMatchObject({ outputs: { length: 5 } });
  for (const what of ['loop', 'memory', 'stack', 'throw', 'loop']) {
    const [failed, beside] = await Promise.all([
      call(what, 'bad'),
      server.send('POST', '/v1/flows/greet/runs', { inputs: { name: 'Ada' } }, bearer(key)),
    ]);
    // What runs beside it in the same process does not notice.
    expect(await readJson(beside)).toMatchObject({ outputs: { greeting: 'Hello Ada!' } });
    const problem = (await failed.json()) as { code: string; nodeId: string };
    expect(problem.nodeId).toBe('work');
    expect(['invalid_input', 'timeout']).toContain(problem.code);
  }
  const many = await Promise.all(Array.from({ length: 20 }, (_, at) => call(at % 4 === 0 ? 'throw' : 'good')));
  expect(many.map(({ status }) => status)).toEqual(many.map((_, at) => (at % 4 === 0 ? 400 : 200)));
  expect(await readJson(await call('next'))).toMatchObject({ outputs: { length: 4 } });
});
