import type { Json } from '@patchbay/node-kit';
import { describe, expect, test } from 'vitest';
import { condition, conditionLine, type Operator, operators } from './condition.ts';
import { hold } from './holds.ts';

const judge = (value: Json, op: Operator, wanted = '', more: Record<string, Json> = {}): boolean =>
  hold(value, 'all', [condition.parse({ op, value: wanted, ...more })]);

/** For each operator: values it holds for, and values it does not. */
const cases: [Operator, string, Json[], Json[]][] = [
  ['contains', 'Refund', ['where is my refund?', 'REFUND', { note: 'refund' }], ['invoice', '', null]],
  ['not_contains', 'refund', ['invoice', '', null], ['a refund']],
  ['is', 'Berlin', ['berlin', ' Berlin '], ['Berlin West', null, '']],
  ['is_not', 'Berlin', ['Paris', null, ''], ['berlin']],
  ['is', '', ['', null, ' '], ['x']],
  ['starts_with', 're:', ['RE: hello'], ['hello re:', null]],
  ['ends_with', '?', ['Really?'], ['Really? Yes', null]],
  ['matches', '^ord-\\d+$', ['ORD-17'], ['ORD-', 'see ORD-17', null]],
  ['empty', '', [null, '', '  ', [], {}], ['x', 0, false, [null]]],
  ['not_empty', '', ['x', 0, false, [null]], [null, '', [], {}]],
  ['equal', '3', [3, '3', ' 3.0 '], [4, 'three', '', null, true]],
  ['not_equal', '3', [4, 'three', null], [3, '3']],
  ['greater', '100', [101, '1e3'], [100, 99, 'many', null, '']],
  ['at_least', '100', [100, 101], [99.9, null]],
  ['less', '0', [-1, '-0.5'], [0, null, 'x']],
  ['at_most', '0', [0, -1], [0.1, null]],
  ['yes', '', [true, 'yes', 'TRUE', 1, '是'], [false, 'no', null, '', 'maybe', 2]],
  ['no', '', [false, 'No', 0, '否'], [true, null, '', 'maybe']],
  ['includes', 'red', [['Red', 'blue'], 'red'], [['reddish'], [], null]],
  ['not_includes', 'red', [['reddish'], [], null], [['red']]],
  ['count_equal', '2', [[1, 2]], [[1], [], null, 'ab']],
  ['count_more', '1', [[1, 2]], [[1], 'ab', null]],
  ['count_fewer', '1', [[], null], [[1], 'a']],
];

describe.each(cases)('%s %j', (op, wanted, holds, fails) => {
  test.each(holds.map((value) => [JSON.stringify(value), value] as const))('holds for %s', (_, value) =>
    expect(judge(value, op, wanted)).toBe(true),
  );
  test.each(fails.map((value) => [JSON.stringify(value), value] as const))('does not hold for %s', (_, value) =>
    expect(judge(value, op, wanted)).toBe(false),
  );
});

test('every operator is judged above, and reads in one line', () => {
  const judged = new Set(cases.map(([op]) => op));
  expect(operators.map(({ value }) => value).filter((op) => !judged.has(op))).toEqual(['between']);
  for (const { value: op } of operators) expect(conditionLine(condition.parse({ op, value: '1', to: '2' }))).not.toBe('');
});

test('between holds at both ends', () => {
  expect([0, 1, 2, 3, 4].map((value) => judge(value, 'between', '1', { to: '3' }))).toEqual([false, true, true, true, false]);
});

test('looks inside the value by its path, own keys only', () => {
  const order: Json = { customer: { age: 36 }, items: [{ name: 'Lamp' }] };
  expect(judge(order, 'at_least', '18', { path: 'customer.age' })).toBe(true);
  expect(judge(order, 'is', 'lamp', { path: 'items[0].name' })).toBe(true);
  expect(judge('{"customer":{"age":36}}', 'at_least', '18', { path: 'customer.age' })).toBe(true);
  for (const path of ['customer.name', 'items[1].name', 'constructor', '__proto__.x', 'toString'])
    expect(judge(order, 'empty', '', { path })).toBe(true);
});

test('case counts where it is asked for', () => {
  expect(judge('Refund', 'contains', 'refund', { matchCase: true })).toBe(false);
  expect(judge('Refund', 'matches', 'refund', { matchCase: true })).toBe(false);
  expect(judge(['Red'], 'includes', 'red', { matchCase: true })).toBe(false);
});

test('all asks every condition, any asks one, none at all hold', () => {
  const both = [condition.parse({ value: 'a' }), condition.parse({ value: 'b' })];
  expect([hold('a', 'all', both), hold('ab', 'all', both), hold('a', 'any', both), hold('c', 'any', both)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([hold('x', 'all', []), hold('x', 'any', [])]).toEqual([true, true]);
});

test('what should be a number and is none fails with a reason', () => {
  expect(() => judge(3, 'greater', 'many')).toThrow('invalid_input: not_a_number');
});

test('a pattern that cannot be is refused before a run, one that comes from a value fails in it', () => {
  expect(condition.safeParse({ op: 'matches', value: '(' }).error?.issues[0]?.path).toEqual(['value']);
  expect(condition.safeParse({ op: 'contains', value: '(' }).success).toBe(true);
  const fromChip = { ...condition.parse({ op: 'matches', value: '{{pattern}}' }), value: '(' };
  expect(() => hold('x', 'all', [fromChip])).toThrow('invalid_input: bad_pattern');
});
