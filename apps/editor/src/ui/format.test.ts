import { expect, test } from 'vitest';
import { formatAge, formatAgo, formatBytes, formatCost, formatDuration } from './format.ts';

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 sec'],
  [1_240, '1.2 sec'],
  [59_960, '1 min 0 sec'],
  [125_000, '2 min 5 sec'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms, 'en')).toBe(text);
});

test.each([
  [0, '$0.00'],
  [1.5, '$1.50'],
  [0.01234, '$0.0123'],
  [0.0000123, '$0.000012'],
])('%d dollars read %s', (usd, text) => {
  expect(formatCost(usd, 'en')).toBe(text);
});

test('moments are told as a distance, in both languages', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  expect(formatAgo(now - 5_000, 'en', now)).toBe('5 sec. ago');
  expect(formatAgo(now - 7_200_000, 'en', now)).toBe('2 hr. ago');
  expect(formatAgo(now - 7_200_000, 'zh-Hans', now)).toBe('2小时前');
  expect(formatAgo(now - 30 * 86_400_000, 'en', now)).toBe('Feb 8, 2026');
  expect(formatAgo(now + 60_000, 'en', now)).toBe('now');
});

test('an age is told in whole units of the size that fits', () => {
  expect([0, 59_999, 125_000, 7_200_000, 400_000_000].map((ms) => formatAge(ms, 'en'))).toEqual([
    '0 sec',
    '59 sec',
    '2 min',
    '2 hr',
    '4 days',
  ]);
  expect(formatAge(1_000_000_000, 'en')).toBe('11 days');
  expect(formatAge(-5, 'en')).toBe('0 sec');
  expect(formatAge(125_000, 'zh-Hans')).toMatch(/^2 ?分钟$/);
});

test.each([
  [0, 'en', '0 bytes'],
  [1, 'en', '1 byte'],
  [1_023, 'en', '1,023 bytes'],
  [1_536, 'en', '1.5 kB'],
  [26_214_400, 'en', '25 MB'],
  [26_214_400, 'zh-Hans', '25 MB'],
] as const)('%d bytes in %s', (bytes, locale, text) => expect(formatBytes(bytes, locale)).toBe(text));
