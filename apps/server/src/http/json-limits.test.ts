import { ServiceError } from '@patchbay/services';
import { expect, test } from 'vitest';
import { checkJsonText } from './json-limits.ts';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const keyed = (count: number): string => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join()}}`;

test('a hundred levels and fifty thousand keys pass, one more does not', () => {
  checkJsonText(nested(100));
  expect(() => checkJsonText(nested(101))).toThrow(ServiceError);
  checkJsonText(keyed(50_000));
  expect(() => checkJsonText(keyed(50_001))).toThrow(ServiceError);
});

test('what stands in a text is neither depth nor key', () => {
  checkJsonText(JSON.stringify({ text: '[{:'.repeat(100_000) }));
  checkJsonText(JSON.stringify({ text: '\\"[[[:::'.repeat(50_000) }));
  checkJsonText(JSON.stringify({ ['{"'.repeat(500)]: '\\' }));
  expect(() => checkJsonText(`{"a":"\\\\",${'['.repeat(101)}`)).toThrow(ServiceError);
});

test('broken texts are bounded too', () => {
  for (const text of ['', '"', '"\\', '"\\"', ']]]]', '{"a', '\\\\\\"'.repeat(1_000)]) checkJsonText(text);
});
