import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBy, keyOf } from './compare.ts';
import { listNode } from './list.node.ts';

const value = fc.jsonValue({ maxDepth: 2 }).map((item) => JSON.parse(JSON.stringify(item)) as Json);
const items = async (config: Record<string, Json>, list: Json[]) =>
  (await runNode(listNode, { config, inputs: { list } })).outputs['items'] as Json[];

test('the order is one: each before and after agree, and it goes on through a third', () => {
  const compare = compareBy('auto', 'up');
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test('sorting keeps all items, and equal ones in the order they came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ key: fc.integer({ min: 0, max: 3 }), at: fc.nat() })), async (list) => {
      const numbered = list.map((item, at) => ({ ...item, at }));
      const sorted = (await items({ operation: 'sort', path: 'key' }, numbered)) as typeof numbered;
      expect(sorted.map(({ at }) => at).toSorted((a, b) => a - b)).toEqual(numbered.map(({ at }) => at));
      for (const [index, item] of sorted.entries()) {
        const next = sorted[index + 1];
        if (next !== undefined) expect(item.key < next.key || (item.key === next.key && item.at < next.at)).toBe(true);
      }
    }),
  );
});

test('groups hold every item once, in order, under its own key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ key: value })), async (list) => {
      const groups = (await items({ operation: 'group', path: 'key' }, list)) as { key: Json; count: number; items: { key: Json }[] }[];
      expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(list.length);
      expect(new Set(groups.map(({ key }) => keyOf(key))).size).toBe(groups.length);
      for (const group of groups) {
        const members = list.filter(({ key }) => keyOf(key) === keyOf(group.key));
        expect(group.items).toEqual(members);
      }
    }),
  );
});

test('dropping repeats twice changes no more, and reversing twice changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value), async (list) => {
      const once = await items({ operation: 'unique' }, list);
      expect(await items({ operation: 'unique' }, once)).toEqual(once);
      expect(await items({ operation: 'reverse' }, await items({ operation: 'reverse' }, list))).toEqual(list);
    }),
  );
});
