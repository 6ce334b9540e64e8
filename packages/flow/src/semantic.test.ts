import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument } from './document.ts';
import { semanticHash } from './semantic.ts';
import { sha256 } from './sha256.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const edited = (edit: (flow: FlowDocument) => void): string => {
  const flow = sampleFlow();
  edit(flow);
  return semanticHash(flow);
};
const plain = semanticHash(sampleFlow());

test('sha256 is SHA-256, for any text', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(new TextEncoder().encode(text)).digest('hex'));
    }),
  );
});

test('layout, titles, notes and the name change no hash', () => {
  expect(plain).toMatch(/^[0-9a-f]{64}$/);
  expect(edited((flow) => Object.assign(flow.layout['sort'] ?? {}, { x: 1, y: 2, width: 400 }))).toBe(plain);
  expect(edited((flow) => Object.assign(flow, { layout: {}, name: 'Other', description: 'Words' }))).toBe(plain);
  expect(edited((flow) => Object.assign(flow.nodes['sort'] ?? {}, { title: 'Other', note: 'Why' }))).toBe(plain);
  expect(edited((flow) => Object.assign(flow.nodes['sort'] ?? {}, { v: 1, bypass: false, values: {} }))).toBe(plain);
});

test('what a run would see changes it', () => {
  expect(edited((flow) => Object.assign(flow.nodes['draft']?.config ?? {}, { template: 'Else' }))).not.toBe(plain);
  expect(edited((flow) => Object.assign(flow.nodes['sort'] ?? {}, { bypass: true }))).not.toBe(plain);
  expect(edited((flow) => Object.assign(flow.nodes['sort'] ?? {}, { v: 2 }))).not.toBe(plain);
  expect(edited((flow) => Object.assign(flow.nodes['sort'] ?? {}, { onError: { rule: 'retry' } }))).not.toBe(plain);
  expect(edited((flow) => flow.edges.pop())).not.toBe(plain);
  expect(edited((flow) => Object.assign(flow.examples?.[0]?.inputs ?? {}, { text: 'Else' }))).not.toBe(plain);
});

test('the order of wires matters only where they meet', () => {
  expect(edited((flow) => flow.edges.reverse())).toBe(plain);
  const meeting = (first: string, second: string): string =>
    edited((flow) => flow.edges.push({ from: first, to: 'answer.more' }, { from: second, to: 'answer.more' }));
  expect(meeting('draft.text', 'sort.other')).not.toBe(meeting('sort.other', 'draft.text'));
});

test('the order of keys in a config does not matter, that of a list does', () => {
  expect(edited((flow) => Object.assign(flow.nodes['draft'] ?? {}, { config: { b: 1, a: [1, 2] } }))).toBe(
    edited((flow) => Object.assign(flow.nodes['draft'] ?? {}, { config: { a: [1, 2], b: 1 } })),
  );
  expect(edited((flow) => Object.assign(flow.nodes['draft'] ?? {}, { config: { a: [1, 2] } }))).not.toBe(
    edited((flow) => Object.assign(flow.nodes['draft'] ?? {}, { config: { a: [2, 1] } })),
  );
});

test('moving and renaming nodes changes no hash of any flow', () => {
  fc.assert(
    fc.property(arbitraryFlow, fc.integer(), (flow, x) => {
      const moved = structuredClone(flow);
      for (const [id, node] of Object.entries(moved.nodes)) {
        moved.layout[id] = { x, y: x };
        node.title = `Moved ${id}`;
      }
      expect(semanticHash(moved)).toBe(semanticHash(flow));
    }),
  );
});
