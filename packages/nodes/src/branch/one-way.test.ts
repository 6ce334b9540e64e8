import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operators } from '../conditions/condition.ts';
import { filterNode } from '../filter/filter.node.ts';
import { branchNode } from './branch.node.ts';

const conditions = fc.array(
  fc.record({
    op: fc.constantFrom(...operators.map(({ value }) => value)),
    // A number, so that no comparison lacks one.
    value: fc.integer().map(String),
    to: fc.integer().map(String),
    path: fc.constantFrom('', 'a', 'a.b', '[0]', 'constructor'),
    matchCase: fc.boolean(),
  }),
  { maxLength: 3 },
);
const match = fc.constantFrom('all', 'any');
const values = fc.jsonValue() as fc.Arbitrary<Json>;

test('whatever the value and the conditions, exactly one way is open, carries the value, and is the one named', async () => {
  const ways = fc
    .array(fc.record({ match, conditions }), { maxLength: 4 })
    .map((list) => list.map((way, index) => ({ ...way, id: `way_${index}` })));
  await fc.assert(
    fc.asyncProperty(ways, values, async (config, value) => {
      const { choice, ...open } = (await runNode(branchNode, { config: { ways: config }, inputs: { value } })).outputs;
      expect(open).toEqual({ [String(choice)]: value });
      expect([...config.map(({ id }) => id), 'otherwise']).toContain(choice);
    }),
    { numRuns: 300 },
  );
});

test('a filter keeps the value as it is or closes', async () => {
  await fc.assert(
    fc.asyncProperty(match, conditions, values, async (rule, list, value) => {
      const { outputs } = await runNode(filterNode, { config: { match: rule, conditions: list }, inputs: { value } });
      if (Object.keys(outputs).length > 0) expect(outputs).toEqual({ kept: value });
    }),
    { numRuns: 300 },
  );
});
