import { checkFlow, describeProblem, type Json } from '@patchbay/node-kit';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { operators } from './condition.ts';

const problems = (type: string, config: Record<string, Json>) => {
  const nodes = { input: { type: 'input', config: {} }, pick: { type, config }, output: { type: 'output', config: {} } };
  const edges = [
    { from: 'input.text', to: 'pick.value' },
    { from: type === 'branch' ? 'pick.yes' : 'pick.kept', to: 'output.result' },
  ];
  const flow = { format: 'patchbay/flow' as const, version: 1 as const, name: 'Pick', nodes, edges, layout: {} };
  return checkFlow(flow, catalogue).filter(({ code }) => code.startsWith('condition_'));
};
const filter = (...conditions: Json[]) => problems('filter', { conditions }).map(({ code, pointer }) => [code, pointer]);
const at = (index: number, key = 'value') => `/nodes/pick/config/conditions/${index}/${key}`;

describe('a condition that compares with nothing', () => {
  test('is an error of a new branch and of a new filter, at the field that is empty', () => {
    expect(problems('branch', {})).toEqual([
      {
        code: 'condition_incomplete',
        severity: 'error',
        pointer: '/nodes/pick/config/ways/0/conditions/0/value',
        node: 'pick',
        params: {},
      },
    ]);
    expect(filter({})).toEqual([['condition_incomplete', at(0)]]);
    for (const locale of ['en', 'zh-Hans'] as const) expect(describeProblem(problems('branch', {})[0] as never, locale)).not.toContain('(');
  });

  test.each(operators.map(({ value }) => value))('%s', (op) => {
    const alone = ['empty', 'not_empty', 'yes', 'no'].includes(op);
    expect(filter({ op, value: ' ', to: '1' })).toEqual(alone ? [] : [['condition_incomplete', at(0)]]);
    expect(filter({ op, value: '1', to: '2' })).toEqual([]);
    expect(filter({ op, value: '{{limit}}', to: '{{most}}' })).toEqual([]);
  });

  test('is found wherever it stands, and at both ends of between', () => {
    expect(filter({ value: 'a' }, { value: '' }, { op: 'between' })).toEqual([
      ['condition_incomplete', at(1)],
      ['condition_incomplete', at(2)],
      ['condition_incomplete', at(2, 'to')],
    ]);
  });
});

test('a number that is none is said before a run', () => {
  expect(filter({ op: 'greater', value: 'many' }, { op: 'between', value: '1', to: 'x' }, { op: 'count_more', value: '2' })).toEqual([
    ['condition_not_a_number', at(0)],
    ['condition_not_a_number', at(1, 'to')],
  ]);
  expect(filter({ op: 'is', value: 'many' })).toEqual([]);
});
