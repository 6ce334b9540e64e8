import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Of, bytesOf, mediaTypeOf } from './base64.ts';

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40_000 }), (bytes) => {
      expect(bytesOf(base64Of(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
});

test('it is the base64 everybody else writes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

const begin = (...bytes: (number | string)[]): string =>
  Buffer.concat(bytes.map((part) => Buffer.from(typeof part === 'string' ? part : [part]))).toString('base64');
test.each([
  [begin(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0), 'image/png'],
  [begin(0xff, 0xd8, 0xff, 0xe0, 0, 0), 'image/jpeg'],
  [begin('GIF89a', 0), 'image/gif'],
  [begin('ID3', 4, 0, 0), 'audio/mpeg'],
  [begin(0xff, 0xfb, 0x90, 0), 'audio/mpeg'],
  [begin('OggS', 0, 0), 'audio/ogg'],
  [begin('fLaC', 0, 0), 'audio/flac'],
  [begin('RIFF', 1, 2, 3, 4, 'WAVE', 0, 0), 'audio/wav'],
  [begin('RIFF', 1, 2, 3, 4, 'WEBP', 0, 0), 'image/webp'],
  [begin('RIFF', 1, 2, 3, 4, 'AVI ', 0, 0), 'x/y'],
  [begin('hello'), 'x/y'],
  ['', 'x/y'],
])('what begins %s is %s', (base64, mediaType) => {
  expect(mediaTypeOf(base64, 'x/y')).toBe(mediaType);
});
