import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuseRanks } from './fuse.ts';
import { marksOf } from './marks.ts';
import { nearest } from './nearest.ts';

test('what both rankings put forward comes before what one does', () => {
  expect(
    fuseRanks([
      ['a', 'b', 'c'],
      ['d', 'b', 'e'],
    ]),
  ).toEqual(['b', 'a', 'd', 'c', 'e']);
  expect(fuseRanks([])).toEqual([]);
});

test('fusing keeps each item once, keeps the order of a single ranking, and hears no scores', () => {
  const ranking = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(ranking, { maxLength: 4 }), (rankings) => {
      const fused = fuseRanks(rankings);
      expect([...fused].sort()).toEqual([...new Set(rankings.flat())].sort());
      for (const one of rankings) expect(fuseRanks([one])).toEqual(one);
      expect(fuseRanks([...rankings, ...rankings])).toEqual(fused);
    }),
  );
});

test('an item that stands before another in every ranking comes before it', () => {
  const all = fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(all, { minLength: 1, maxLength: 3 }), (rankings) => {
      const fused = fuseRanks(rankings);
      for (const a of fused)
        for (const b of fused)
          if (a !== b && rankings.every((one) => one.indexOf(a) < one.indexOf(b))) expect(fused.indexOf(a)).toBeLessThan(fused.indexOf(b));
    }),
  );
});

test('words of the question are marked where they stand, neighbours as one', () => {
  const marked = (text: string, ...words: string[]) => marksOf(text, new Set(words)).map(({ start, end }) => text.slice(start, end));
  expect(marked('Wash the Filters monthly; a filter is cheap.', 'filter', 'wash')).toEqual(['Wash', 'Filters', 'filter']);
  expect(marked('每年有七天年休假。', '年休', '休假')).toEqual(['年休假']);
  expect(marked('nothing here', 'x')).toEqual([]);
});

test('the nearest vectors are the same however many slices they are looked at in', async () => {
  const likenesses = Array.from({ length: 4_500 }, (_, id) => ({ id, likeness: ((id * 7_919) % 4_500) / 4_500 - 0.1 }));
  const asked: number[] = [];
  const passages = {
    compareVectors: async (
      _workspace: string,
      _base: string,
      _vector: readonly number[],
      { after, limit }: { after: number; limit: number },
    ) => {
      asked.push(after);
      return likenesses.filter(({ id }) => id > after).slice(0, limit);
    },
  };
  const found = await nearest({ passages } as never, { workspaceId: 'ws', baseId: 'kb' }, [1], 10);
  expect(asked).toEqual([-1, 1_999, 3_999]);
  expect(found).toEqual([...likenesses].sort((a, b) => b.likeness - a.likeness).slice(0, 10));
});
