import type { FlowNode } from '@patchbay/flow';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { checkFlow } from './check-flow.ts';
import { checkMasks } from './check-masks.ts';
import { createCatalogue, defineNode } from './definition.ts';
import { describeProblem } from './describe-problem.ts';
import { field } from './field.ts';
import type { PortType } from './port-type.ts';
import { resolveFlow } from './resolve.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

const words = (en: string) => ({ title: { en, 'zh-Hans': en }, summary: { en, 'zh-Hans': en }, synonyms: [] });
const step = (type: string, from: PortType, to: PortType, more: { model?: boolean; hides?: true } = {}) =>
  defineNode({
    type,
    version: 1,
    category: 'text',
    icon: 'x',
    words: words(type),
    config:
      more.model === true ? z.strictObject({ model: field.model({ title: { en: 'Model', 'zh-Hans': '模型' } }) }) : z.strictObject({}),
    ports: { inputs: [{ id: 'in', title: 'In', type: from, required: false }], outputs: [{ id: 'out', title: 'Out', type: to }] },
    repeatable: true,
    ...(more.hides === undefined ? {} : { hides: more.hides }),
    examples: [],
    run: () => ({}),
  });
const catalogue = createCatalogue([
  ...sampleCatalogue.values(),
  step('hide', 'text', 'text', { hides: true }),
  step('look', 'image', 'text', { model: true }),
  step('draw', 'text', 'image', { model: true }),
  step('change', 'image', 'image', { model: true }),
  step('read', 'file', 'text'),
  step('pick', 'any', 'any'),
]);

const nodes = (more: Record<string, string | Partial<FlowNode>>): Record<string, string | Partial<FlowNode>> => ({
  in: {
    type: 'input',
    config: {
      fields: [
        { id: 'text', type: 'text' },
        { id: 'file', type: 'image' },
      ],
    },
  },
  hide: 'hide',
  ...more,
});
const check = (more: Record<string, string | Partial<FlowNode>>, ...wires: string[]) =>
  checkMasks(resolveFlow(flowOf(nodes(more), ...wires), catalogue)).map(({ node, port }) => [node, port]);

test('a file of the caller that a model is given is warned of, however it gets there', () => {
  expect(check({ look: 'look' }, 'in.file > look.in')).toEqual([['look', 'in']]);
  // Through a step that hands on anything, and as what a model changed.
  expect(check({ pick: 'pick', look: 'look' }, 'in.file > pick.in', 'pick.out > look.in')).toEqual([['look', 'in']]);
  expect(check({ change: 'change', look: 'look' }, 'in.file > change.in', 'change.out > look.in')).toEqual([
    ['change', 'in'],
    ['look', 'in'],
  ]);
});

test('what is read as text, or was made of a text, is not', () => {
  expect(check({ read: 'read' }, 'in.file > read.in', 'read.out > hide.in')).toEqual([]);
  expect(check({ draw: 'draw', look: 'look' }, 'in.text > draw.in', 'draw.out > look.in')).toEqual([]);
  expect(check({ look: 'look' })).toEqual([]);
});

test('where nothing is hidden, and for a step that is bypassed, nothing is said', () => {
  expect(check({ hide: { type: 'hide', bypass: true }, look: 'look' }, 'in.file > look.in')).toEqual([]);
  expect(check({ look: { type: 'look', bypass: true } }, 'in.file > look.in')).toEqual([]);
});

test('steps in a circle end the search', () => {
  expect(check({ a: 'pick', b: 'pick', look: 'look' }, 'a.out > b.in', 'b.out > a.in', 'b.out > look.in')).toEqual([]);
});

test('the check of a flow has it, in words that say what to do', () => {
  const flow = flowOf(
    nodes({ look: 'look', out: { type: 'output', config: { fields: [{ id: 'to', type: 'text' }] } } }),
    'in.file > look.in',
    'look.out > out.to',
  );
  const problem = checkFlow(flow, catalogue).find(({ code }) => code === 'file_not_hidden');
  expect(problem).toMatchObject({ severity: 'warning', node: 'look', port: 'in', edge: 0, pointer: '/nodes/look' });
  if (problem === undefined) throw new Error('nothing found');
  expect(describeProblem(problem, 'en')).toBe(
    'The model is given the file on “In” as it is: “hide” hides personal data in texts only. To hide it, take the text out of the file first and mask that.',
  );
  expect(describeProblem(problem, 'zh-Hans')).toContain('“In”');
});
