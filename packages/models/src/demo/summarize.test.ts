import { expect, test } from 'vitest';
import { summarize } from './summarize.ts';

const text = `The city opened a new bridge on Monday. The bridge joins the harbour and the old town. Cats sleep a lot. Mayor Lind said the bridge saves the town twenty minutes a day. It rained.`;

test('keeps whole sentences in their order, as many as asked', () => {
  const two = summarize(text, 2);
  expect(two.startsWith('The city opened a new bridge on Monday.')).toBe(true);
  expect(two.split(/(?<=\.) /)).toHaveLength(2);
  expect(two).not.toContain('Cats');
  expect(summarize(text, 1)).toBe('The city opened a new bridge on Monday.');
});

test('a short text stays as it is', () => {
  expect(summarize('One. Two.', 3)).toBe('One. Two.');
  expect(summarize('', 2)).toBe('');
});

test('reads Chinese sentences', () => {
  const story = '公司今天发布了新的手机。新的手机电池更大。猫在睡觉。分析师认为新的手机会提高公司的销量。';
  const short = summarize(story, 2);
  expect(short.startsWith('公司今天发布了新的手机。')).toBe(true);
  expect(short.match(/。/g)).toHaveLength(2);
  expect(short).not.toContain('猫');
});

test.each([0, -3, Number.NaN])('a count of %s is one sentence', (count) => {
  expect(summarize(text, count)).toBe('The city opened a new bridge on Monday.');
});
