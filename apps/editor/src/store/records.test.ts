import { expect, test } from 'vitest';
import { mergeFlows } from './merge.ts';
import { applyRecords, diffRecords, same } from './records.ts';
import { sampleFlow } from './testing.ts';

test('same: by value, with undefined as absent', () => {
  expect(same({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(same({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true);
  expect(same([1], { 0: 1 })).toBe(false);
  expect(same(null, {})).toBe(false);
  expect(same({ constructor: 1 }, {})).toBe(false);
  expect(same(Number.NaN, Number.NaN)).toBe(true);
});

test('a node in the middle that goes and comes back stands where it stood', () => {
  const before = sampleFlow();
  const after = structuredClone(before);
  delete after.nodes['draft'];
  delete after.layout['draft'];
  const { changes, flow } = diffRecords(before, after);
  expect(Object.keys(applyRecords(flow, changes, 'before').nodes)).toEqual(Object.keys(before.nodes));
  expect(JSON.stringify(applyRecords(flow, changes, 'before'))).toBe(JSON.stringify(before));
  expect(JSON.stringify(applyRecords(before, changes, 'after'))).toBe(JSON.stringify(after));
});

test('ids that objects know by themselves are ids like others', () => {
  const before = sampleFlow();
  const after = structuredClone(before);
  after.nodes['constructor'] = { type: 'note', config: {} };
  const { changes, flow } = diffRecords(before, after);
  expect(changes.map((change) => change.key)).toEqual(['node:constructor']);
  expect(Object.hasOwn(applyRecords(flow, changes, 'before').nodes, 'constructor')).toBe(false);
});

test('merge keeps edges added and removed on both sides', () => {
  const base = sampleFlow();
  const mine = { ...base, edges: base.edges.slice(1) };
  const theirs = { ...base, edges: [...base.edges, { from: 'draft.text', to: 'answer.reply' }] };
  expect(mergeFlows(base, mine, theirs)?.edges.map((edge) => `${edge.from}>${edge.to}`)).toEqual([
    'draft.text>reply.prompt',
    'reply.text>answer.reply',
    'draft.text>answer.reply',
  ]);
});

test('merge does not wire to a step the other side removed', () => {
  const base = sampleFlow();
  const theirs = structuredClone(base);
  delete theirs.nodes['answer'];
  theirs.edges = theirs.edges.slice(0, 2);
  const mine = { ...base, edges: [...base.edges, { from: 'draft.text', to: 'answer.reply' }] };
  expect(mergeFlows(base, mine, theirs)).toBeNull();
});

test('the same edit on both sides is no conflict', () => {
  const base = sampleFlow();
  const edited = { ...base, name: 'New name' };
  expect(mergeFlows(base, edited, { ...edited })?.name).toBe('New name');
  expect(mergeFlows(base, edited, { ...base, name: 'Other' })).toBeNull();
});
