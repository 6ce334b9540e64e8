import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

const all = <Item>(take: () => Item | undefined): Item[] => {
  const taken: Item[] = [];
  for (let item = take(); item !== undefined; item = take()) taken.push(item);
  return taken;
};

test('groups take turns, each in its own order, and none goes over its share', () => {
  const queue = createFairQueue<string>({ perGroup: 2, total: 10 });
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.push('a', item);
  for (const item of ['b1', 'b2']) queue.push('b', item);
  expect(all(queue.take)).toEqual(['a1', 'b1', 'a2', 'b2']);
  expect([queue.waiting(), queue.active()]).toEqual([2, 4]);
  queue.done('a');
  expect(all(queue.take)).toEqual(['a3']);
  queue.done('nobody');
  expect(queue.active()).toBe(4);
});

test('all groups together stay under the total', () => {
  const queue = createFairQueue<number>({ perGroup: 5, total: 3 });
  for (let item = 0; item < 10; item += 1) queue.push(String(item % 2), item);
  expect(all(queue.take)).toEqual([0, 1, 2]);
  queue.done('0');
  expect(all(queue.take)).toEqual([3]);
});

test('a long queue is taken in order to its end', () => {
  const queue = createFairQueue<number>({ perGroup: 1, total: 1 });
  for (let item = 0; item < 5_000; item += 1) queue.push('a', item);
  for (let item = 0; item < 5_000; item += 1) {
    expect(queue.take()).toBe(item);
    queue.done('a');
  }
  expect([queue.take(), queue.waiting(), queue.active()]).toEqual([undefined, 0, 0]);
});

test('whatever comes in whatever order: nothing is lost, doubled, out of order or over a limit', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), group: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ kind: fc.constant('take' as const) }),
    fc.record({ kind: fc.constant('done' as const), group: fc.constantFrom('a', 'b', 'c') }),
  );
  const law = fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
    const queue = createFairQueue<{ group: string; at: number }>({ perGroup: 2, total: 4 });
    const waiting = new Map<string, number[]>();
    const active = new Map<string, number>();
    const count = (group: string) => active.get(group) ?? 0;
    for (const [at, doing] of actions.entries()) {
      if (doing.kind === 'push') {
        queue.push(doing.group, { group: doing.group, at });
        waiting.set(doing.group, [...(waiting.get(doing.group) ?? []), at]);
      } else if (doing.kind === 'done') {
        queue.done(doing.group);
        active.set(doing.group, Math.max(0, count(doing.group) - 1));
      } else {
        const total = [...active.values()].reduce((sum, one) => sum + one, 0);
        const may = total < 4 && [...waiting].some(([group, items]) => items.length > 0 && count(group) < 2);
        const item = queue.take();
        expect(item !== undefined).toBe(may);
        if (item === undefined) continue;
        expect(waiting.get(item.group)?.shift()).toBe(item.at);
        active.set(item.group, count(item.group) + 1);
        expect(count(item.group)).toBeLessThanOrEqual(2);
      }
    }
  });
  fc.assert(law);
});
