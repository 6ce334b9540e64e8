import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashKey, isKeyShaped, keyHint, makeKey } from './key-format.ts';

test('keys have their prefix, 256 random bits and a checksum, and no two are alike', () => {
  const keys = Array.from({ length: 500 }, makeKey);
  for (const key of keys) {
    expect(key).toMatch(/^pb_live_[0-9A-Za-z]{49}$/);
    expect(isKeyShaped(key)).toBe(true);
  }
  expect(new Set(keys).size).toBe(keys.length);
});

test('a key with any one character changed is known to be wrong without a look-up', () => {
  const key = makeKey();
  for (let at = 8; at < key.length; at += 1) {
    const other = key[at] === 'A' ? 'B' : 'A';
    expect(isKeyShaped(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
});

test('no other text looks like a key', () => {
  fc.assert(fc.property(fc.string({ maxLength: 100 }), (text) => !isKeyShaped(text) && !isKeyShaped(`pb_live_${text}`)));
});

test('what is kept and what is shown do not give the key away', () => {
  const key = makeKey();
  expect(hashKey(key)).toMatch(/^[\w-]{43}$/);
  expect(hashKey(key)).toBe(hashKey(key));
  expect(keyHint(key)).toBe(`pb_live_…${key.slice(-4)}`);
});
