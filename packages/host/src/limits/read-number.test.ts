import { expect, test } from 'vitest';
import { pricesFromEnvironment } from '../prices-from-environment.ts';
import { readCount, readDollars } from './read-number.ts';

test('nothing set is the usual', () => {
  expect(readCount({}, 'A', 7)).toBe(7);
  expect(readCount({ A: ' ' }, 'A', 7)).toBe(7);
  expect(readDollars({}, 'A')).toBeUndefined();
  expect(pricesFromEnvironment({}).size).toBe(0);
});

test('what is set is read', () => {
  expect(readCount({ A: ' 12 ' }, 'A', 7)).toBe(12);
  expect(readDollars({ A: '0.05' }, 'A')).toBe(0.05);
  expect(readDollars({ A: '0' }, 'A')).toBe(0);
  expect([...pricesFromEnvironment({ PATCHBAY_PRICES: 'openai/m=0.5/1.5, deepseek/org/model:7b=1/2' })]).toEqual([
    ['openai/m', { inputPerMillion: 0.5, outputPerMillion: 1.5 }],
    ['deepseek/org/model:7b', { inputPerMillion: 1, outputPerMillion: 2 }],
  ]);
});

test.each(['0', '-1', '1.5', 'many', '1e9', '9999999999'])('%s is no count', (text) => {
  expect(() => readCount({ A: text }, 'A', 7)).toThrow(/A is “/);
});
test.each(['-1', '$5', '1,50', '1e3', 'Infinity'])('%s is no amount', (text) => {
  expect(() => readDollars({ A: text }, 'A')).toThrow(/A is “/);
});
test.each(['m=1/2', 'openai/m=1', 'openai/m=-1/2', 'openai/m = 1/2', 'openai/=1/2'])('%s is no price', (text) => {
  expect(() => pricesFromEnvironment({ PATCHBAY_PRICES: text })).toThrow(/PATCHBAY_PRICES has “/);
});
