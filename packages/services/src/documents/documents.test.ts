import { expect, test } from 'vitest';
import { greeting } from '../testing.ts';
import { checkDocument } from './check-document.ts';
import { runDocument } from './run-document.ts';

const environment = { PATCHBAY_DEMO_DELAY_MS: '0' };

function flowOf(text: string) {
  const { flow } = checkDocument({ text, locale: 'en' });
  if (flow === undefined) throw new Error('not a flow');
  return flow;
}

test('a document runs without a store and streams its outputs', async () => {
  const texts: string[] = [];
  const signal = new AbortController().signal;
  const run = { flow: flowOf(greeting('demo/echo')), inputs: { name: 'Ada' }, environment, locale: 'en', signal } as const;
  const result = await runDocument({ ...run, onText: (output, text) => texts.push(`${output}:${text}`) });
  expect(result).toEqual({ outputs: { greeting: 'Hello Ada!' }, simulated: true, error: undefined });
  expect(texts.join('')).toContain('greeting:');
});

test('inputs that do not fit are named, a stop is told as one', async () => {
  const flow = flowOf(greeting('demo/echo'));
  const stop = new AbortController();
  const run = { flow, environment, locale: 'zh-Hans', signal: stop.signal } as const;
  await expect(runDocument({ ...run, inputs: {} })).rejects.toMatchObject({
    errors: [{ pointer: '/inputs/name', message: expect.stringMatching(/\p{Script=Han}/u) }],
  });
  stop.abort('asked');
  expect(await runDocument({ ...run, inputs: { name: 'x' } })).toMatchObject({ error: { class: 'cancelled' } });
});

test('a document is judged whole: errors first, each with its place', () => {
  const broken = greeting().replace('"say.text"', '"say.nothing"').replace('"in.name"', '"gone.name"');
  const { flow, problems } = checkDocument({ text: broken, locale: 'en' });
  expect(flow).toBeUndefined();
  expect(problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThanOrEqual(2);
  expect(problems.map(({ severity }) => severity)).toEqual([...problems.map(({ severity }) => severity)].sort());
  const printed = JSON.stringify(JSON.parse(broken), null, 2);
  const lines = checkDocument({ text: printed, locale: 'en' }).problems.map(({ pointer, line }) => [pointer, line]);
  const edges = printed.split('\n').findIndex((line) => line.includes('"edges"')) + 1;
  expect(Object.fromEntries(lines)).toMatchObject({ '/edges/0/from': edges + 2 });
  for (const [, line] of lines) expect(line).toBeGreaterThan(0);
  const [first] = checkDocument({ text: '{\n  "format": 1,\n  "format": 2\n}', locale: 'en' }).problems;
  expect(first).toMatchObject({ code: 'duplicate_key', line: 3 });
});
