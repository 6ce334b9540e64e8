import { checkFlow, describeProblem, type Json, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { expressionNode } from './expression.node.ts';

const problems = (type: string, config: Record<string, Json>) => {
  const flow = { format: 'patchbay/flow' as const, version: 1 as const, name: 'x', nodes: { n: { type, config } }, edges: [], layout: {} };
  return checkFlow(flow, catalogue).filter(({ pointer }) => pointer.includes('/config/'));
};

test('values are variables by their names; an optional one that is missing is null', async () => {
  const values = [{ id: 'a' }, { id: 'b', optional: true }];
  const run = (inputs: Record<string, Json>) =>
    runNode(expressionNode, { config: { values, expression: 'b == null ? a : a + b' }, inputs });
  expect((await run({ a: 1 })).outputs).toEqual({ result: 1 });
  expect((await run({ a: 1, b: 2 })).outputs).toEqual({ result: 3 });
  await expect(run({ a: 1, b: 'x' })).rejects.toMatchObject({ reason: 'bad_expression', params: { line: 1, column: 17 } });
});

test('a value is never read as part of the expression', async () => {
  const config = { expression: 'value + ""' };
  expect((await runNode(expressionNode, { config, inputs: { value: '" + value + "' } })).outputs['result']).toBe('" + value + "');
  expect(portsOf(expressionNode, { type: 'expression', config: { expression: '{{chip}}' } }).inputs.map(({ id }) => id)).toEqual(['value']);
});

test('what is wrong is said before a run, at its place and in both languages', () => {
  expect(problems('expression', {}).map(({ code }) => code)).toEqual(['text_missing']);
  const [problem] = problems('expression', { expression: 'value.a +\n other' });
  expect(problem).toMatchObject({ code: 'expression_bad', pointer: '/nodes/n/config/expression', params: { line: 2, column: 2 } });
  expect(describeProblem(problem as never, 'en')).toContain('Line 2, character 2: there is no value called “other”.');
  expect(describeProblem(problem as never, 'zh-Hans')).toBe('表达式无法使用。第 2 行第 2 个字符：没有名为“other”的值。');
  expect(problems('expression', { expression: 'value.a + 1' })).toEqual([]);
});

test('the template step does the same', () => {
  expect(problems('template', {}).map(({ code }) => code)).toEqual(['text_missing']);
  expect(problems('template', { template: '{% nope %}' })).toMatchObject([{ code: 'template_bad', params: { line: 1, column: 1 } }]);
  expect(problems('template', { template: '{% for v in value %}{{ v }}{% endfor %}' })).toEqual([]);
});
