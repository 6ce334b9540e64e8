import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculate } from './arithmetic.ts';

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['7 / 2', 3.5],
  ['2 ^ 3 ^ 2', 512],
  ['-2 ^ 2', -4],
  ['2 ** 10', 1024],
  ['2 ^ -1', 0.5],
  ['10 % 4', 2],
  ['0.1 + 0.2', 0.3],
  ['12 × 3 ÷ 4', 9],
  ['（1＋2）'.replace('＋', '+'), 3],
  ['sqrt(16) + abs(-3)', 7],
  ['round(3.14159, 2)', 3.14],
  ['max(1, 5, 3) - MIN(2, 4)', 3],
  ['pi', Number(Math.PI.toPrecision(15))],
  ['1e3 + .5', 1000.5],
])('%s is %d', (text, value) => expect(calculate(text)).toBe(value));

test.each([
  '',
  '   ',
  '1 +',
  '1 2',
  '(1',
  '1)',
  'foo',
  'foo(1)',
  'sqrt',
  'constructor',
  'toString()',
  '1/0',
  'x = 1',
  'alert(1)',
  '1'.repeat(2_000),
  '('.repeat(500),
])('refuses %s', (text) =>
  expect(() => calculate(text)).toThrow(expect.objectContaining({ errorClass: 'invalid_input', reason: 'sum_bad' })),
);

type Sum = { text: string; value: number };
const figure = fc.integer({ min: 0, max: 999 }).map((value): Sum => ({ text: String(value), value }));
const sums = fc.letrec<{ sum: Sum }>((tie) => ({
  sum: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    figure,
    fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*'), tie('sum')).map(([left, sign, right]): Sum => {
      const value = sign === '+' ? left.value + right.value : sign === '-' ? left.value - right.value : left.value * right.value;
      return { text: `(${left.text} ${sign} ${right.text})`, value };
    }),
  ),
})).sum;

test('agrees with what the same sum is, however deep its brackets go', () => {
  fc.assert(
    fc.property(sums, ({ text, value }) => {
      fc.pre(text.length <= 1_000 && Number.isSafeInteger(value) && Math.abs(value) < 1e14);
      expect(calculate(text)).toBe(value + 0);
    }),
  );
});

test('any text at all is a number or refused', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      try {
        expect(Number.isFinite(calculate(text))).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ reason: 'sum_bad' });
      }
    }),
  );
});
