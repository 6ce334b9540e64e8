import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModelError } from './errors.ts';
import { parseSse } from './sse.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (pieces: Uint8Array[], limit?: number): string[] => {
  const reader = parseSse(limit);
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};

test.each([
  ['data: a\n\ndata: b\n\n', ['a', 'b']],
  ['data:a\r\n\r\ndata:  b\r\n\r\n', ['a', ' b']],
  ['event: x\nid: 1\ndata: a\n\n', ['a']],
  [': keep-alive\n\ndata: a\n\n: again\n\n', ['a']],
  ['data: one\ndata: two\n\n', ['one\ntwo']],
  ['data\n\ndata: \n\n', ['']],
  ['data: without an end', ['without an end']],
  ['\n\n\n', []],
  ['', []],
])('reads %j', (text, expected) => {
  expect(read([bytes(text)])).toEqual(expected);
});

test('is the same however the bytes are cut, characters torn apart included', () => {
  const source = 'data: 你好 🌏\n\n: ping\r\n\r\ndata: é\ndata: ü\n\ndata: end\n\n';
  const whole = read([bytes(source)]);
  expect(whole).toEqual(['你好 🌏', 'é\nü', 'end']);
  const all = bytes(source);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 30 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), all.length];
      const pieces = places.slice(1).map((end, index) => all.subarray(places[index], end));
      expect(read(pieces)).toEqual(whole);
    }),
  );
});

test('a line over the limit fails, after what came before it was handed out', () => {
  const reader = parseSse(100);
  expect(reader.push(bytes(`data: first\n\ndata: ${'a'.repeat(200)}`))).toEqual(['first']);
  expect(() => reader.push(bytes('a'))).toThrow(ModelError);
  const many = parseSse(100);
  const push = () => {
    for (let index = 0; index < 50; index += 1) many.push(bytes('data: 1234567890\n'));
  };
  expect(push).toThrow(/line_too_long/);
});

test('an endless line is refused early, whatever its length', () => {
  const reader = parseSse();
  let taken = 0;
  const block = bytes('a'.repeat(64 * 1024));
  expect(() => {
    for (;;) {
      reader.push(block);
      taken += block.length;
    }
  }).toThrow(/line_too_long/);
  expect(taken).toBeLessThanOrEqual(1024 * 1024 + block.length);
});
