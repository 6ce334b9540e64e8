import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowNode } from './document.ts';
import { emptyFlow } from './empty.ts';
import { isJson, isRecord, own } from './json.ts';
import { normalizeFlow, normalizeNode } from './normalize.ts';
import { printFlow } from './print.ts';
import { parseFlow } from './read.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const node = (more: Partial<FlowNode>): FlowNode => normalizeNode({ type: 'text', config: {}, ...more });
const plain: FlowNode = { type: 'text', config: {} };

test.each<[string, Partial<FlowNode>]>([
  ['version 1', { v: 1 }],
  ['no title', { title: '' }],
  ['no note', { note: '' }],
  ['no values', { values: {} }],
  ['no rules', { fanIn: {} }],
  ['not bypassed', { bypass: false }],
  ['stop on failure', { onError: { rule: 'stop' } }],
  ['what is undefined', { title: undefined, parent: undefined, onError: undefined }],
])('%s is not written', (_, more) => {
  expect(node(more)).toEqual(plain);
  expect(Object.keys(node(more))).toEqual(['type', 'config']);
});

test.each<[string, Partial<FlowNode>]>([
  ['another version', { v: 2 }],
  ['a title of spaces', { title: ' ' }],
  ['a value of null', { values: { text: null } }],
  ['a value of empty text', { values: { text: '' } }],
  ['a container', { parent: 'loop' }],
  ['switched off', { bypass: true }],
  ['stop with settings of its own', { onError: { rule: 'stop', tries: 2 } }],
  ['another rule', { onError: { rule: 'error-output' } }],
])('%s is kept', (_, more) => {
  expect(node(more)).toEqual({ ...plain, ...more });
});

test('normal form is a fixed point, and the given flow stays as it was', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      const before = structuredClone(flow);
      expect(normalizeFlow(flow)).toEqual(flow);
      expect(flow).toEqual(before);
    }),
  );
  const edge = { from: 'a.b', to: 'c.d', colour: 'red' };
  expect(normalizeFlow({ ...sampleFlow(), edges: [edge] }).edges).toEqual([{ from: 'a.b', to: 'c.d' }]);
});

test('configs are never touched: an empty text there has a meaning', () => {
  const config = { template: '', list: [], nothing: null, deep: { v: 1 } };
  expect(node({ config }).config).toBe(config);
});

test('an empty flow has its canonical text', () => {
  const text = printFlow(emptyFlow('New flow'));
  expect(text).toBe(
    '{\n  "format": "patchbay/flow",\n  "version": 1,\n  "name": "New flow",\n  "nodes": {},\n  "edges": [],\n  "layout": {}\n}\n',
  );
  expect(parseFlow(text).flow).toEqual(emptyFlow('New flow'));
});

test('records are plain objects, and JSON is what JSON can carry', () => {
  expect([{}, Object.create(null), JSON.parse('{"constructor":1}')].every(isRecord)).toBe(true);
  expect([null, [], new Date(), new Map(), 'x', 1, () => 1].some(isRecord)).toBe(false);
  expect([null, true, 0, '', [], {}, [{ a: [null] }]].every(isJson)).toBe(true);
  expect([undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, new Date(), [undefined], { a: () => 1 }].some(isJson)).toBe(false);
  expect(own({ a: 1 }, 'a')).toBe(1);
  expect(own({}, 'constructor')).toBeUndefined();
});
