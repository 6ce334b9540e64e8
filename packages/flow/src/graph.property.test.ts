import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument } from './document.ts';
import { emptyFlow } from './empty.ts';
import { splitEnd } from './ends.ts';
import { checkGraph, type GraphCode } from './graph.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const anyId = fc.constantFrom(...ids, 'ghost');

const arbitraryNested: fc.Arbitrary<FlowDocument> = fc
  .record({
    parents: fc.array(fc.option(anyId, { nil: undefined }), { minLength: 5, maxLength: 5 }),
    wires: fc.array(fc.tuple(anyId, anyId), { maxLength: 8 }),
  })
  .map(({ parents, wires }) => {
    const flow = emptyFlow('Nested');
    for (const [index, id] of ids.entries()) {
      const parent = parents[index];
      flow.nodes[id] = parent === undefined ? { type: 'text', config: {} } : { type: 'text', parent, config: {} };
    }
    flow.edges = wires.map(([from, to]) => ({ from: `${from}.text`, to: `${to}.text` }));
    return flow;
  });

const parentOf = (flow: FlowDocument, id: string): string | undefined => {
  const parent = flow.nodes[id]?.parent;
  return parent !== undefined && ids.includes(parent) ? parent : undefined;
};

/** All containers around a node, nearest first; undefined where they go round in a circle. */
function around(flow: FlowDocument, id: string): string[] | undefined {
  const chain: string[] = [];
  for (let parent = parentOf(flow, id); parent !== undefined; parent = parentOf(flow, parent)) {
    if (chain.includes(parent)) return undefined;
    chain.push(parent);
  }
  return chain;
}

const count = (flow: FlowDocument, code: GraphCode): number => checkGraph(flow).filter((problem) => problem.code === code).length;

test('what is said of parents is what can be seen by walking up from each', () => {
  fc.assert(
    fc.property(arbitraryNested, (flow) => {
      const missing = ids.filter((id) => flow.nodes[id]?.parent === 'ghost');
      expect(count(flow, 'parent_missing')).toBe(missing.length);
      const circular = ids.some((id) => around(flow, id) === undefined);
      expect(count(flow, 'parent_cycle') > 0).toBe(circular);
    }),
    { numRuns: 500 },
  );
});

test('what is said of wires is what can be seen by looking at each alone', () => {
  fc.assert(
    fc.property(
      arbitraryNested.filter((flow) => ids.every((id) => around(flow, id) !== undefined)),
      (flow) => {
        const seen = new Set<string>();
        const expected = { edge_from_nowhere: 0, edge_to_nowhere: 0, duplicate_edge: 0, edge_leaves_container: 0 };
        for (const { from, to } of flow.edges) {
          const [source, target] = [splitEnd(from).node, splitEnd(to).node];
          if (source === 'ghost') expected.edge_from_nowhere += 1;
          if (target === 'ghost') expected.edge_to_nowhere += 1;
          const again = seen.has(`${from}>${to}`);
          if (again) expected.duplicate_edge += 1;
          seen.add(`${from}>${to}`);
          if (again || source === 'ghost' || target === 'ghost') continue;
          const container = parentOf(flow, source);
          if (container === undefined || container === target) continue;
          if (around(flow, target)?.includes(container) !== true) expected.edge_leaves_container += 1;
        }
        for (const [code, number] of Object.entries(expected)) expect([code, count(flow, code as GraphCode)]).toEqual([code, number]);
      },
    ),
    { numRuns: 500 },
  );
});

test('every problem has a pointer to something, and says which node or wire it means', () => {
  fc.assert(
    fc.property(arbitraryNested, (flow) => {
      for (const { pointer, node, edge, code } of checkGraph(flow)) {
        if (edge !== undefined) expect(pointer).toMatch(new RegExp(`^/edges/${edge}/(from|to)$`));
        else expect(pointer.startsWith(`/nodes/${node}`)).toBe(true);
        expect(code).toMatch(/^[a-z_]+$/);
      }
    }),
  );
});
