import { expect, test } from 'vitest';
import { convert } from './convert.ts';
import { deepestData, parseJsonText } from './json-text.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test('JSON is read up to a depth that can be written again', () => {
  expect(parseJsonText('{"a":[1,"]]]"]}')).toEqual({ a: [1, ']]]'] });
  expect(JSON.stringify(parseJsonText(nested(deepestData)))).toBe(nested(deepestData));
  expect(() => parseJsonText(nested(deepestData + 1))).toThrow(RangeError);
  expect(() => parseJsonText(nested(200_000))).toThrow(RangeError);
  expect(() => parseJsonText('{')).toThrow(SyntaxError);
});

test('a text that is deeper is no data for a port', () => {
  expect(() => convert('text-to-data', nested(200_000))).toThrow(
    expect.objectContaining({ errorClass: 'invalid_input', reason: 'not_json' }),
  );
});
