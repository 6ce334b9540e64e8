import type { Inside, Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { repeatNode } from './repeat.node.ts';

function insideOf(answer: (previous: Json, index: number) => Awaited<ReturnType<Inside['run']>>) {
  const turns: number[] = [];
  const inside: Inside = {
    run: async (turn, { previous = null, index }) => {
      turns.push(turn);
      expect(index).toBe(turn);
      return answer(previous, turn);
    },
    stop: () => undefined,
  };
  return { inside, turns };
}
const run = (start: Json, config: Record<string, Json>, inside: Inside) =>
  runNode(repeatNode, { config, inputs: { start }, ctx: { inside } });
const addOne = (previous: Json) => ({ outputs: { next: Number(previous) + 1 } });

test('each turn begins with what came out of the one before, until the conditions hold', async () => {
  const { inside, turns } = insideOf(addOne);
  const config = { conditions: [{ op: 'at_least', value: '13' }] };
  expect((await run(10, config, inside)).outputs).toEqual({ value: 13, count: 3, held: true });
  expect(turns).toEqual([0, 1, 2]);
});

test('it ends after the most turns, a part of one counting for none', async () => {
  const config = { conditions: [{ op: 'at_least', value: '99' }], most: 2.5 };
  expect((await run(0, config, insideOf(addOne).inside)).outputs).toEqual({ value: 2, count: 2, held: false });
});

test('a turn with nothing to go on with ends it with what it had', async () => {
  const { inside } = insideOf((previous, index) => (index === 2 ? { outputs: {} } : addOne(previous)));
  const config = { conditions: [{ op: 'at_least', value: '99' }] };
  expect((await run(0, config, inside)).outputs).toEqual({ value: 2, count: 2, held: false });
});

test('a turn that fails fails it, in the place where it failed', async () => {
  const error = { class: 'auth', reason: 'key_rejected', params: { provider: 'x' }, node: 'ask' } as const;
  const { inside } = insideOf(() => ({ outputs: {}, error }));
  const config = { conditions: [{ op: 'empty' }] };
  await expect(run(0, config, inside)).rejects.toMatchObject({ errorClass: 'auth', reason: 'key_rejected', node: 'ask' });
});

test('conditions that compare with nothing are told before a run', () => {
  const config = repeatNode.config.parse({});
  expect(repeatNode.check?.(config)).toMatchObject([{ code: 'condition_incomplete' }]);
});
