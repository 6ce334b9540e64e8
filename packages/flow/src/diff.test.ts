import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffFlows, equal } from './diff.ts';
import type { FlowDocument } from './document.ts';
import { semanticHash } from './semantic.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

function diff(edit: (flow: FlowDocument) => void) {
  const after = sampleFlow();
  edit(after);
  return diffFlows(sampleFlow(), after);
}

test('a flow does not differ from itself', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      expect(diffFlows(flow, structuredClone(flow))).toEqual({
        nodes: { added: [], removed: [], changed: [], moved: [] },
        edges: { added: [], removed: [], reordered: false },
        document: [],
        semantic: false,
        same: true,
      });
    }),
  );
});

test('semantic is true exactly when the hashes differ, and whatever differs is told', () => {
  fc.assert(
    fc.property(arbitraryFlow, arbitraryFlow, (a, b) => {
      const difference = diffFlows(a, b);
      expect(difference.semantic).toBe(semanticHash(a) !== semanticHash(b));
      const back = diffFlows(b, a);
      expect(back.nodes.added).toEqual(difference.nodes.removed);
      expect(back.same).toBe(difference.same);
    }),
  );
});

test('names the smallest fields that changed', () => {
  const { nodes, semantic } = diff((flow) => {
    Object.assign(flow.nodes['sort'] ?? {}, { title: 'Kind', bypass: true });
    Object.assign(flow.nodes['sort']?.config ?? {}, { labels: [{ id: 'refund', title: 'Money back' }] });
  });
  expect(semantic).toBe(true);
  expect(nodes.changed).toEqual([
    {
      id: 'sort',
      fields: [
        { pointer: '/nodes/sort/config/labels/0/title', before: 'Refund', after: 'Money back', semantic: true },
        { pointer: '/nodes/sort/title', before: 'What is it about?', after: 'Kind', semantic: false },
        { pointer: '/nodes/sort/bypass', after: true, semantic: true },
      ],
    },
  ]);
});

test('moving and retitling are no change of logic', () => {
  const moved = diff((flow) => Object.assign(flow.layout['sort'] ?? {}, { x: 9 }));
  expect(moved).toMatchObject({ nodes: { moved: ['sort'], changed: [] }, semantic: false, same: false });
  const renamed = diff((flow) => Object.assign(flow, { name: 'Other' }));
  expect(renamed).toMatchObject({
    document: [{ pointer: '/name', before: 'Support triage', after: 'Other', semantic: false }],
    semantic: false,
  });
});

test('nodes and wires come and go', () => {
  const difference = diff((flow) => {
    delete flow.nodes['draft'];
    flow.nodes['other'] = { type: 'text', config: {} };
    flow.edges = [{ from: 'sort.refund', to: 'answer.reply' }, ...flow.edges.slice(0, 1)];
  });
  expect(difference.nodes).toMatchObject({ added: ['other'], removed: ['draft'] });
  expect(difference.edges).toEqual({
    added: [{ from: 'sort.refund', to: 'answer.reply' }],
    removed: [
      { from: 'sort.refund', to: 'draft.ticket' },
      { from: 'draft.text', to: 'answer.reply' },
    ],
    reordered: false,
  });
  expect(diff((flow) => flow.edges.reverse()).edges.reordered).toBe(true);
});

test('a list of another length is one change', () => {
  const { nodes } = diff((flow) => Object.assign(flow.nodes['sort']?.config ?? {}, { labels: [] }));
  expect(nodes.changed[0]?.fields).toEqual([
    { pointer: '/nodes/sort/config/labels', before: [{ id: 'refund', title: 'Refund' }], after: [], semantic: true },
  ]);
});

test('equality of JSON ignores the order of keys alone', () => {
  expect(equal({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
  expect(equal([1, 2], [2, 1])).toBe(false);
  expect(equal({ a: null }, {})).toBe(false);
  expect(equal({ constructor: 1 }, {})).toBe(false);
  expect(equal([], {})).toBe(false);
});
