import { expect, test } from 'vitest';
import { compilePattern, fillForm, matchedTextLimit } from './pattern.ts';

test('finds a pattern anywhere, with flags', () => {
  expect(compilePattern('ord-\\d+', 'i').test('see ORD-17.')).toBe(true);
  expect(compilePattern('ord-\\d+', '').test('see ORD-17.')).toBe(false);
  expect(compilePattern('^b', 'm').test('a\nb')).toBe(true);
  expect(compilePattern('退款', '').test('请给我退款')).toBe(true);
});

test('what would hang another engine ends at once', () => {
  expect(compilePattern('(a+)+$', '').test(`${'a'.repeat(2_000)}b`)).toBe(false);
});

test('refuses look-around, back-references, faults and giants with a reason', () => {
  for (const source of ['(?=a)', '(a)\\1', '(', 'a{1001}', 'x'.repeat(1_001)]) {
    expect(() => compilePattern(source, '')).toThrow(/invalid_input: (bad_pattern|pattern_too_long)/);
  }
});

test('finds places with their groups, and puts what was caught into a form', () => {
  const found = [...compilePattern('(?P<key>\\w+)=(\\d+)?', '').matches('a=1 b=')];
  expect(found).toEqual([
    { text: 'a=1', at: 0, groups: ['a', '1'], named: { key: 'a' } },
    { text: 'b=', at: 4, groups: ['b', null], named: { key: 'b' } },
  ]);
  expect(found.map((match) => fillForm('$<key>:$2;$$$& $9 $<no>', match))).toEqual(['a:1;$a=1 $9 $<no>', 'b:;$b= $9 $<no>']);
  expect([...compilePattern('', '').matches('ab')].map(({ at }) => at)).toEqual([0, 1, 2]);
});

test('matches are searched for as they are asked for, in a text of bounded length', () => {
  const first = compilePattern('a+[bc]|a', '').matches('a'.repeat(matchedTextLimit)).next();
  expect(first.value).toMatchObject({ text: 'a', at: 0 });
  expect(() =>
    compilePattern('a', '')
      .matches('a'.repeat(matchedTextLimit + 1))
      .next(),
  ).toThrow(expect.objectContaining({ reason: 'text_too_long', params: { limit: matchedTextLimit } }));
});
