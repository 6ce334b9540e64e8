import { betweenEnds, keepsWhatMatches } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { bearer, readJson, startTestServer } from '../test-server.ts';
import { startOverSockets } from './over-sockets.ts';

// How long a turn takes depends on the machine and is measured by `pnpm bench:hog`. What is held here does not: that
// large work is done in several turns and that others are answered between them.

const five = 5 * 1024 * 1024;

/** Answers, and how often others had their turn until it was there. */
async function turnsUntil(answer: Promise<Response>): Promise<{ response: Response; turns: number }> {
  let turns = 0;
  let there = false;
  const count = (): void => {
    if (there) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  const response = await answer;
  there = true;
  return { response, turns };
}

test('10 MiB of JSON are read, run, recorded and answered in turns of their own, and kept once', { timeout: 120_000 }, async () => {
  const server = await startTestServer();
  await server.publish(betweenEnds({}, [['in.text', 'out.reply']], 'data'), 'echo');
  const key = await server.makeKey(['run', 'read']);
  const wide = Array.from({ length: 20_000 }, (_, index) => ({ id: index, name: 'x'.repeat(480) }));
  const call = (text: unknown) => turnsUntil(server.send('POST', '/v1/flows/echo/runs', { inputs: { text } }, bearer(key)));
  await (await call('warm')).response.text();
  const large = await call(wide);
  // Three around the parser, one before and one after the record.
  expect(large.turns).toBeGreaterThanOrEqual(5);
  const { outputs, run } = await readJson(large.response);
  expect(outputs.reply).toEqual(wide);
  const row = await server.services.deps.database.runs.read('ws_local', run.id);
  expect(row?.detail.length).toBeLessThan(JSON.stringify(wide).length * 1.1);
  const record = await readJson(await server.asOwner('GET', `/api/runs/${run.id}`));
  expect(record.inputs.text).toEqual(wide);
  expect(record.steps.map(({ outputs: made }: { outputs: object }) => Object.values(made)[0]?.length)).toContain(20_000);
});

test('2,000 steps are saved, checked and run in turns, and their record is whole', { timeout: 120_000 }, async () => {
  const server = await startTestServer();
  const ids = Array.from({ length: 1_998 }, (_, index) => `n${index}`);
  const nodes = Object.fromEntries(ids.map((id) => [id, { type: 'prompt', config: { template: '{{it}}' } }]));
  const edges = ids.map((id, at): [string, string] => [at === 0 ? 'in.text' : `n${at - 1}.text`, `${id}.it`]);
  const large = betweenEnds(nodes, [...edges, ['n1997.text', 'out.reply']]);
  const made = await readJson(await server.asOwner('POST', '/api/flows', large), 201);
  const headers = { 'if-match': made['etag'] };
  const saved = await turnsUntil(server.asOwner('PUT', `/api/flows/${made['id']}`, { ...large, name: 'Longer' }, headers));
  expect(saved.response.status).toBe(200);
  expect(saved.turns).toBeGreaterThanOrEqual(2);
  const checked = await turnsUntil(server.asOwner('POST', `/api/flows/${made['id']}/check`));
  expect((await readJson(checked.response)).problems).toEqual([]);
  expect(checked.turns).toBeGreaterThanOrEqual(1);
  const ran = await turnsUntil(server.asOwner('POST', `/api/flows/${made['id']}/runs`, { inputs: { text: 'x' } }));
  const { run, outputs } = await readJson(ran.response);
  expect(outputs).toEqual({ reply: 'x' });
  expect(ran.turns).toBeGreaterThanOrEqual(3);
  const record = await readJson(await server.asOwner('GET', `/api/runs/${run.id}`));
  expect(record.steps).toHaveLength(2_000);
  expect(new Set(record.steps.map(({ status }: { status: string }) => status))).toEqual(new Set(['succeeded']));
});

test.each([
  ['backtracks elsewhere', '(a+)+$', `${'a'.repeat(five)}b`],
  ['has many ways', '(x|y|z)*[a-q]{1,50}(foo|bar|baz)$', 'abcdefghij'.repeat(five / 10)],
])('a pattern that %s ends on 5 MB of text, and health is answered meanwhile', { timeout: 240_000 }, async (_name, pattern, text) => {
  const server = await startOverSockets();
  const made = (await server.asOwner('POST', '/api/flows', keepsWhatMatches(pattern))).json;
  let running = true;
  let answered = 0;
  const asking = (async () => {
    while (running) {
      expect((await server.send('GET', '/health')).status).toBe(200);
      answered += 1;
    }
  })();
  const answer = await server.asOwner('POST', `/api/flows/${made.id}/runs`, { inputs: { text } });
  running = false;
  await asking;
  // It fits or it does not; or it is stopped with a reason. It never goes on for ever.
  expect([200, 400, 504]).toContain(answer.status);
  expect(answered).toBeGreaterThanOrEqual(2);
});

test('a template that fills 8 MiB is written once into its record', { timeout: 120_000 }, async () => {
  const server = await startTestServer();
  const say = { type: 'prompt', config: { template: '{{it}} '.repeat(1_000) } };
  const flow = betweenEnds({ say }, [
    ['in.text', 'say.it'],
    ['say.text', 'out.reply'],
  ]);
  const made = await readJson(await server.asOwner('POST', '/api/flows', flow), 201);
  const { outputs, run } = await readJson(
    await server.asOwner('POST', `/api/flows/${made['id']}/runs`, { inputs: { text: 'x'.repeat(8_000) } }),
  );
  expect(outputs.reply.length).toBe(8_001 * 1_000);
  const row = await server.services.deps.database.runs.read('ws_local', run.id);
  expect(row?.detail.length).toBeLessThan(8_001 * 1_100);
});
