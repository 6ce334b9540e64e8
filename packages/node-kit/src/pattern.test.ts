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
