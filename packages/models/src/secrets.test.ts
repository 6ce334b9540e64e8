import { expect, test } from 'vitest';
import { maskSecrets } from './secrets.ts';

test.each([
  ['Incorrect API key provided: sk-proj-abcdef123456.', 'Incorrect API key provided: [key].'],
  ['Authorization: Bearer abc.def', 'Authorization: [key]'],
  ['Token eyJhbGciOi12.eyJzdWIi.c2ln is expired', 'Token [key] is expired'],
  ['Your key hf_abcdefgh is revoked', 'Your key [key] is revoked'],
  ['The model is overloaded', 'The model is overloaded'],
])('%s', (text, expected) => {
  expect(maskSecrets(text, [])).toBe(expected);
});

test('the connection’s own key goes, whatever its shape', () => {
  expect(maskSecrets('key «plainword42» refused, plainword42!', ['plainword42', undefined])).toBe('key «[key]» refused, [key]!');
});

test('a long message is cut to a length a person reads', () => {
  expect(maskSecrets('x'.repeat(10_000), [])).toHaveLength(501);
});
