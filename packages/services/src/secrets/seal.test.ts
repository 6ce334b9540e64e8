import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const key = randomBytes(32);
const binding = ['ws_1', 'cred_1', 1, 'https://api.example.com'];
const secret = Buffer.from('sk-the-secret-itself');

test('what was sealed opens with its key and binding, and looks different each time', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.array(fc.oneof(fc.string(), fc.integer())), (plain, parts) => {
      const sealed = seal(key, plain, parts);
      expect(unseal(key, sealed, parts)).toEqual(Buffer.from(plain));
      expect(seal(key, plain, parts)).not.toBe(sealed);
    }),
  );
});

test('no bit of it can be changed, dropped or added', () => {
  const sealed = seal(key, secret, binding);
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  const broken = (change: (copy: Buffer) => Buffer): string => `v1.${change(Buffer.from(bytes)).toString('base64url')}`;
  for (let at = 0; at < bytes.length * 8; at += 1) {
    const flipped = broken((copy) => {
      copy[at >> 3] = (copy[at >> 3] ?? 0) ^ (1 << (at & 7));
      return copy;
    });
    expect(unseal(key, flipped, binding), `bit ${at}`).toBeUndefined();
  }
  for (let length = 0; length < bytes.length; length += 1) {
    expect(
      unseal(
        key,
        broken((copy) => copy.subarray(0, length)),
        binding,
      ),
    ).toBeUndefined();
  }
  expect(
    unseal(
      key,
      broken((copy) => Buffer.concat([copy, Buffer.of(0)])),
      binding,
    ),
  ).toBeUndefined();
});

test.each([
  ['another workspace', ['ws_2', 'cred_1', 1, 'https://api.example.com']],
  ['another row', ['ws_1', 'cred_2', 1, 'https://api.example.com']],
  ['an earlier version', ['ws_1', 'cred_1', 0, 'https://api.example.com']],
  ['another origin', ['ws_1', 'cred_1', 1, 'https://evil.example']],
  ['parts cut elsewhere', ['ws_1cred_1', '', 1, 'https://api.example.com']],
  ['fewer parts', ['ws_1', 'cred_1', 1]],
  ['a version as text', ['ws_1', 'cred_1', '1', 'https://api.example.com']],
])('under %s it does not open', (_name, other) => {
  expect(unseal(key, seal(key, secret, binding), other)).toBeUndefined();
});

test('with another key, or as another text, it does not open', () => {
  expect(unseal(randomBytes(32), seal(key, secret, binding), binding)).toBeUndefined();
  for (const text of ['', 'v1.', 'v2.AAAA', 'not sealed', secret.toString()]) expect(unseal(key, text, binding)).toBeUndefined();
});
