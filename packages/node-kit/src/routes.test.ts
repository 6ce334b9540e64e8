import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { always, both, type Choosers, either, gapIn, isNever, never, onWay, type Routes } from './routes.ts';

const choosers: Choosers = new Map([
  ['a', ['yes', 'no']],
  ['b', ['x', 'y', 'z']],
  ['c', ['kept', '']],
]);
const assignments = (choosers.get('a') ?? []).flatMap((a) =>
  (choosers.get('b') ?? []).flatMap((b) =>
    (choosers.get('c') ?? []).map(
      (c) =>
        new Map([
          ['a', a],
          ['b', b],
          ['c', c],
        ]),
    ),
  ),
);

/** A condition over the choosers, as a tree; the routes are compared with what it says of every assignment. */
type Condition = { way: [string, string] } | { and: Condition[] } | { or: Condition[] };

const leaf: fc.Arbitrary<Condition> = fc.constantFrom(
  ...[...choosers].flatMap(([chooser, ways]) => ways.map((way) => ({ way: [chooser, way] as [string, string] }))),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({ and: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('condition'), { maxLength: 3 }) }),
  ),
}));

function holds(tree: Condition, assignment: ReadonlyMap<string, string>): boolean {
  if ('way' in tree) return assignment.get(tree.way[0]) === tree.way[1];
  return 'and' in tree ? tree.and.every((part) => holds(part, assignment)) : tree.or.some((part) => holds(part, assignment));
}

function routesOf(tree: Condition): Routes {
  if ('way' in tree) return onWay(...tree.way);
  if ('or' in tree) return either(tree.or.map(routesOf), choosers);
  return tree.and.map(routesOf).reduce((all: Routes, part) => both(all, part, choosers), always);
}

test('routes say of every choice what the condition says, and a gap is one where it does not hold', () => {
  fc.assert(
    fc.property(condition, (tree) => {
      const routes = routesOf(tree);
      expect(routes).toBeDefined();
      for (const assignment of assignments) {
        const inside = routes?.some((box) => [...box].every(([chooser, ways]) => ways.has(assignment.get(chooser) ?? '')));
        expect(inside).toBe(holds(tree, assignment));
      }
      expect(isNever(routes)).toBe(!assignments.some((assignment) => holds(tree, assignment)));
      const gap = gapIn(routes, choosers);
      expect(gap === undefined).toBe(assignments.every((assignment) => holds(tree, assignment)));
      if (gap === undefined) return;
      for (const assignment of assignments) {
        const matches = [...gap].every(([chooser, way]) => assignment.get(chooser) === way);
        if (matches) expect(holds(tree, assignment)).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('all ways of a chooser together are always', () => {
  expect(either([onWay('a', 'yes'), onWay('a', 'no')], choosers)).toEqual(always);
  expect(gapIn(either([onWay('b', 'x'), onWay('b', 'z')], choosers), choosers)).toEqual(new Map([['b', 'y']]));
});

test('where there are too many cases nothing is claimed, and no time is lost', () => {
  const many: Choosers = new Map(Array.from({ length: 60 }, (_, index) => [`n${index}`, ['yes', 'no']]));
  const pairs = Array.from({ length: 30 }, (_, index) => either([onWay(`n${2 * index}`, 'yes'), onWay(`n${2 * index + 1}`, 'yes')], many));
  const routes = pairs.reduce((all: Routes, pair) => both(all, pair, many), always);
  expect(routes).toBeUndefined();
  expect(gapIn(routes, many)).toBeUndefined();
  expect(both(routes, never, many)).toEqual([]);
  expect(either([routes, always], many)).toEqual(always);
  expect(either([routes, never], many)).toBeUndefined();
});
