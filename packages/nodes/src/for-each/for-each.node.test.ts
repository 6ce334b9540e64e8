import type { Failure, Inside, Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { forEachNode } from './for-each.node.ts';

const failure: Failure = { class: 'timeout', reason: 'unknown', params: {}, node: 'ask' };
type Answer = Awaited<ReturnType<Inside['run']>>;

/** An inside that answers by item, and says how many turns ran side by side. */
function insideOf(answer: (item: Json, index: number) => Answer | Promise<Answer>) {
  const seen = { now: 0, most: 0, items: [] as Json[] };
  const inside: Inside = {
    async run(turn, { item = null }) {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      seen.items.push(item);
      const answered = await answer(item, turn);
      seen.now -= 1;
      return answered;
    },
    stop: () => undefined,
  };
  return { inside, seen };
}

const later = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => resolve(later(turns - 1))));
const run = (list: Json, config: Record<string, Json>, inside: Inside) =>
  runNode(forEachNode, { config, inputs: { list }, ctx: { inside } });
const double = (item: Json): Answer => ({ outputs: { result: Number(item) * 2 } });

test('results come in the order of the list, whoever is done first', async () => {
  const { inside, seen } = insideOf(async (item, index) => {
    await later(5 - index);
    return double(item);
  });
  expect((await run([1, 2, 3, 4, 5], { concurrency: 3 }, inside)).outputs).toEqual({ results: [2, 4, 6, 8, 10] });
  expect(seen.most).toBe(3);
});

test('one at a time is one at a time, and one value is a list of one', async () => {
  const { inside, seen } = insideOf(async (item) => {
    await later(1);
    return double(item);
  });
  expect((await run([1, 2, 3], { concurrency: 1 }, inside)).outputs).toEqual({ results: [2, 4, 6] });
  expect(seen.most).toBe(1);
  expect((await run(7, {}, inside)).outputs).toEqual({ results: [14] });
});

test('a text that is a JSON list is that list; any other text is one item', async () => {
  const same = insideOf((item) => ({ outputs: { result: item } })).inside;
  expect((await run(' ["a", "b"]', {}, same)).outputs).toEqual({ results: ['a', 'b'] });
  for (const text of ['[sic] a note', 'a, b', '']) expect((await run(text, {}, same)).outputs).toEqual({ results: [text] });
});

const failing = (item: Json): Answer => (item === 'bad' ? { outputs: {}, error: failure } : { outputs: { result: item } });

test('an item that fails stops everything, is left out, or is marked in its place', async () => {
  const list = ['a', 'bad', 'b', 'c'];
  const stopping = insideOf(failing);
  const stopped = run(list, { concurrency: 1 }, stopping.inside);
  await expect(stopped).rejects.toMatchObject({ errorClass: 'timeout', reason: 'unknown', node: 'ask' });
  expect(stopping.seen.items).toEqual(['a', 'bad']);
  expect((await run(list, { onFailure: 'skip' }, insideOf(failing).inside)).outputs).toEqual({ results: ['a', 'b', 'c'] });
  expect((await run(list, { onFailure: 'mark' }, insideOf(failing).inside)).outputs['results']).toEqual([
    'a',
    { error: { class: 'timeout', message: expect.stringMatching(/too long/), node: 'ask' }, index: 1 },
    'b',
    'c',
  ]);
});

test('an item with no result is left out', async () => {
  const { inside } = insideOf((item) => ({ outputs: item === 2 ? {} : { result: item } }));
  expect((await run([1, 2, 3], {}, inside)).outputs).toEqual({ results: [1, 3] });
});

test('an item that says stop is the last, though later ones had begun', async () => {
  const { inside, seen } = insideOf(async (item, index) => {
    await later(index === 1 ? 3 : 1);
    return { outputs: { result: item, stop: item === 'enough' } };
  });
  const { outputs } = await run(['a', 'enough', 'b', 'c', 'd', 'e'], { concurrency: 2 }, inside);
  expect(outputs).toEqual({ results: ['a', 'enough'] });
  expect(seen.items).not.toContain('e');
  const says = (stop: Json) => run(['a', 'b'], { concurrency: 1 }, insideOf((item) => ({ outputs: { result: item, stop } })).inside);
  for (const no of [false, null, '', 'false']) expect((await says(no)).outputs['results']).toHaveLength(2);
  for (const yes of [true, 'yes', 1, {}]) expect((await says(yes)).outputs['results']).toHaveLength(1);
});

test('a list that is too long is refused before anything runs', async () => {
  const { inside, seen } = insideOf(double);
  const refused = { errorClass: 'invalid_input', reason: 'list_too_long', params: { count: 3, limit: 2 } };
  await expect(run([1, 2, 3], { most: 2 }, inside)).rejects.toMatchObject(refused);
  expect(seen.items).toEqual([]);
  await expect(run(new Array(1_001).fill(1), {}, inside)).rejects.toMatchObject({ params: { limit: 1_000 } });
});
