import { expect, test } from 'vitest';
import { compilePattern } from './pattern.ts';

test('finds a pattern anywhere, with flags', () => {
  expect(compilePattern('ord-\\d+', 'i').test('see ORD-17.')).toBe(true);
  expect(compilePattern('ord-\\d+', '').test('see ORD-17.')).toBe(false);
  expect(compilePattern('^b', 'm').test('a\nb')).toBe(true);
  expect(compilePattern('退款', '').test('请给我退款')).toBe(true);
});

test('a replacement is text, never parsed', () => {
  expect(compilePattern('a(b)', '').replaceAll('ab ab', '$1$&\\1')).toBe('$1$&\\1 $1$&\\1');
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
  const pattern = compilePattern('(?P<key>\\w+)=(\\d+)?', '');
  expect(pattern.findAll('a=1 b=', 9)).toEqual([
    { text: 'a=1', at: 0, groups: ['a', '1'], named: { key: 'a' } },
    { text: 'b=', at: 4, groups: ['b', null], named: { key: 'b' } },
  ]);
  expect(pattern.findAll('a=1 b=', 1)).toHaveLength(1);
  expect(pattern.replaceWith('a=1 b=', '$<key>:$2;$$')).toBe('a:1;$ b:;$');
  expect(compilePattern('', '').replaceWith('ab', '-')).toBe('-a-b-');
});

test('a replacement that grows without bounds is stopped', () => {
  expect(() => compilePattern('a', '').replaceWith('a'.repeat(10_000), 'x'.repeat(10_000))).toThrow(
    expect.objectContaining({ reason: 'text_too_long' }),
  );
});
