import { expect, test } from 'vitest';
import { canonical, planShape } from './plan-shape.ts';
import { flowOf, nodeType, planOf } from './testing/flow-of.ts';

const each = nodeType('each', { in: ['list'], out: ['results', 'item'], role: 'container' });
const work = nodeType('work', { in: ['text'], out: ['text'] });
const other = nodeType('other', { in: ['text'], out: ['text'] });

const shapeOf = (node: object, edges = ['in.text > a.text', 'a.text > b.text', 'b.text > out.result']) =>
  planShape(planOf(flowOf({ in: 'start', a: { type: 'work', ...node }, b: 'work', out: 'end' }, edges), work, other, each));

test('the order of names in a value does not count, the order of a list does', () => {
  expect(canonical({ b: [1, { d: 1, c: null }], a: 2 })).toBe(canonical({ a: 2, b: [1, { c: null, d: 1 }] }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  expect(canonical({ a: undefined })).toBe('{}');
});

test('equal plans have equal shapes; titles and places are no part of them', () => {
  expect(shapeOf({})).toBe(shapeOf({ title: 'Other', note: 'n' }));
  for (const changed of [
    { type: 'other' },
    { config: { text: 'x' } },
    { bypass: true },
    { onError: { rule: 'error-output' } },
    { values: { text: 'x' } },
  ]) {
    if ('values' in changed) expect(shapeOf(changed, ['b.text > out.result'])).not.toBe(shapeOf({}, ['b.text > out.result']));
    else expect(shapeOf(changed)).not.toBe(shapeOf({}));
  }
  expect(shapeOf({}, ['in.text > a.text', 'a.text > out.result'])).not.toBe(shapeOf({}));
});
