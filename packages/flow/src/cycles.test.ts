import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Arrow, findCycles } from './cycles.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const arbitraryArrows = fc.array(fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) }), { maxLength: 14 });

/** Whether arrows lead from one id to another, by looking everywhere. */
function reaches(from: string, to: string, arrows: readonly Arrow[]): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const arrow of arrows.filter((item) => item.from === id)) {
      if (arrow.to === to) return true;
      if (seen.has(arrow.to)) continue;
      seen.add(arrow.to);
      open.push(arrow.to);
    }
  }
  return false;
}

test('every cycle that is named is one, and a node on no named knot is on none', () => {
  fc.assert(
    fc.property(arbitraryArrows, (arrows) => {
      const cycles = findCycles(ids, arrows);
      for (const cycle of cycles) {
        for (const [index, from] of cycle.entries()) {
          const to = cycle[(index + 1) % cycle.length];
          expect(arrows.some((arrow) => arrow.from === from && arrow.to === to)).toBe(true);
        }
      }
      const circular = ids.filter((id) => reaches(id, id, arrows));
      const knots = new Set(
        circular.map((id) => circular.filter((other) => reaches(id, other, arrows) && reaches(other, id, arrows)).join()),
      );
      expect(cycles.length).toBe(knots.size);
    }),
    { numRuns: 1_000 },
  );
});

test('arrows to and from what is not there mean nothing', () => {
  expect(
    findCycles(
      ['a'],
      [
        { from: 'a', to: 'x' },
        { from: 'x', to: 'a' },
      ],
    ),
  ).toEqual([]);
});

test('the shortest cycle through the first node is named', () => {
  const arrows = ['ab', 'bc', 'cd', 'da', 'ca'].map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }));
  expect(findCycles(ids, arrows)).toEqual([['a', 'b', 'c']]);
});
