import { expect, test } from 'vitest';
import { toBase64 } from './to-base64.ts';

test.each([0, 1, 2, 3, 0x5fff, 0x6000, 0x6001, 100_000])('%i bytes come back the same', (size) => {
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 256);
  expect(Uint8Array.from(Buffer.from(toBase64(bytes), 'base64'))).toEqual(bytes);
});
