import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Of } from './base64.ts';
import { imageSize } from './image-size.ts';

const of = (text: string): string => base64Of(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));

test.each<[string, string]>([
  ['PNG', '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0'],
  ['GIF', 'GIF89a\x80\x02\xe0\x01'],
  ['JPEG', `\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80${'\0'.repeat(10)}`],
  ['WebP', `RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01`],
  ['WebP without loss', 'RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0'],
  ['WebP with more', `RIFF\0\0\0\0WEBPVP8X${'\0'.repeat(8)}\x7f\x02\0\xdf\x01\0`],
])('%s', (_, text) => expect(imageSize(of(text))).toEqual({ width: 640, height: 480 }));

test.each(['', 'hello', '\x89PNG', 'GIF89a', '\xff\xd8\xff', 'RIFF\0\0\0\0WEBPVP9 '])('%j says nothing', (text) => {
  expect(imageSize(of(text))).toBeUndefined();
});

test('no bytes make it fail', () => {
  fc.assert(
    fc.property(fc.constantFrom('\x89PNG', 'GIF8', '\xff\xd8', 'RIFF0000WEBPVP8X', ''), fc.uint8Array({ maxLength: 60 }), (start, rest) => {
      const size = imageSize(of(start + String.fromCharCode(...rest)));
      if (size !== undefined) expect(Number.isInteger(size.width) && Number.isInteger(size.height)).toBe(true);
    }),
  );
});
