import { expect, test } from 'vitest';
import { estimateInput } from './messages.ts';
import { estimateTokens } from './tokens.ts';

test.each([
  ['', 0],
  ['abcd', 1],
  ['Hello there', 3],
  ['你好', 2],
  ['你好 ab', 3],
])('%j is about %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test('messages count with what surrounds them, images flat', () => {
  const text = estimateInput({ model: 'm', messages: [{ role: 'user', content: 'abcdefgh' }] });
  expect(text).toBe(6);
  const image = { type: 'media' as const, mediaType: 'image/png', base64: 'AAAA' };
  expect(estimateInput({ model: 'm', messages: [{ role: 'user', content: [image, { type: 'text', text: 'abcd' }] }] })).toBe(766);
});
