import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodingOf } from './decode-text.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

test.each<[string, Uint8Array, string]>([
  ['UTF-8', new TextEncoder().encode('Grüße 你好'), 'Grüße 你好'],
  ['UTF-8 with its mark', bytesOf('ef bb bf 41'), 'A'],
  ['UTF-16, lowest byte first', Buffer.concat([bytesOf('ff fe'), utf16('你好')]), '你好'],
  ['UTF-16, highest byte first', bytesOf('fe ff 4f 60 59 7d'), '你好'],
  ['UTF-16 without a mark', utf16('Hello, 你'), 'Hello, 你'],
  ['GB 18030', bytesOf('c4 e3 ba c3 a3 ac ca c0 bd e7'), '你好，世界'],
  ['GB 18030 among Latin', bytesOf('6e 61 6d 65 2c d0 d5 c3 fb 0a'), 'name,姓名\n'],
  ['Windows’ Latin', bytesOf('47 72 fc df 65 20 e9 74 e9'), 'Grüße été'],
  ['nothing', new Uint8Array(), ''],
])('%s', (_, bytes, text) => expect(decodeText(bytes)).toBe(text));

test('what a document says of itself counts where it is no UTF-8', () => {
  const bytes = bytesOf('83 65 83 58 83 67');
  expect(decodeText(bytes, 'shift_jis')).toBe('テスト');
  expect(encodingOf(bytes, 'no-such-thing')).not.toBe('utf-8');
  expect(encodingOf(bytes, 'utf-8')).not.toBe('utf-8');
  expect(encodingOf(new TextEncoder().encode('é'), 'gbk')).toBe('utf-8');
});

test('whatever is written in UTF-8 comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.startsWith('\uFEFF') && !text.includes('\0'));
      expect(decodeText(new TextEncoder().encode(text))).toBe(text);
    }),
  );
});
