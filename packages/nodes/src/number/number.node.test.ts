import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberNode } from './number.node.ts';

const run = async (config: Record<string, Json>, inputs: Record<string, Json>) =>
  Object.values((await runNode(numberNode, { config, inputs })).outputs)[0];
const two = (operation: string, number: number, other: number) => run({ operation }, { number, other });

test.each<[string, number, number, number]>([
  ['add', 0.1, 0.2, 0.3],
  ['subtract', 0.3, 0.1, 0.2],
  ['multiply', 1.1, 3, 3.3],
  ['divide', 1, 4, 0.25],
  ['divide', 0, -4, 0],
  ['remainder', -1, 7, 6],
  ['remainder', 7, -4, -1],
  ['power', 2, 10, 1024],
  ['power', 4, -0.5, 0.5],
  ['smaller', 2, -1, -1],
  ['larger', 2, -1, 2],
  ['add', 2 ** 53, -1, 2 ** 53 - 1],
])('%s %d %d', async (operation, a, b, expected) => expect(await two(operation, a, b)).toBe(expected));

test('where there is no answer it says why', async () => {
  await expect(two('divide', 1, 0)).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'divided_by_zero' });
  await expect(two('remainder', 1, 0)).rejects.toMatchObject({ reason: 'divided_by_zero' });
  await expect(two('power', 10, 400)).rejects.toMatchObject({ reason: 'number_too_large' });
  await expect(two('power', -8, 0.5)).rejects.toMatchObject({ reason: 'no_result', params: { left: -8, sign: '^', right: 0.5 } });
});

describe('round', () => {
  test.each<[number, number, string, number]>([
    [2.5, 0, 'nearest', 3],
    [-2.5, 0, 'nearest', -3],
    [1.005, 2, 'nearest', 1.01],
    [1.45, 1, 'nearest', 1.5],
    [-0.4, 0, 'nearest', 0],
    [1.99, 0, 'down', 1],
    [-1.1, 0, 'down', -2],
    [1.01, 0, 'up', 2],
    [1e300, 5, 'nearest', 1e300],
    [1e-7, 6, 'nearest', 0],
    [1.5e-7, 7, 'nearest', 2e-7],
  ])('%d to %d digits %s', async (number, digits, direction, expected) =>
    expect(await run({ operation: 'round', digits, direction }, { number })).toBe(expected),
  );

  test('what is rounded stays so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(12), async (number, digits) => {
        const once = (await run({ operation: 'round', digits }, { number })) as number;
        expect(await run({ operation: 'round', digits }, { number: once })).toBe(once);
        if (Math.abs(number) < 1e6) expect(Math.abs(once - number)).toBeLessThanOrEqual(0.5000001 * 10 ** -digits + 1e-9);
      }),
    );
  });
});

test('absolute', async () => expect(await run({ operation: 'absolute' }, { number: -2 })).toBe(2));

describe('write', () => {
  const write = (number: number, config: Record<string, Json>) => run({ operation: 'format', ...config }, { number });

  test.each<[number, Record<string, Json>, string]>([
    [1234567.891, {}, '1,234,567.891'],
    [1234.5, { language: 'de' }, '1.234,5'],
    [1234.5, { language: 'hi' }, '1,234.5'],
    [0.256, { style: 'percent' }, '25.6%'],
    [0.256, { style: 'percent', places: 0 }, '26%'],
    [1234.5, { style: 'currency' }, '$1,234.50'],
    [1234.5, { style: 'currency', currency: 'JPY', language: 'ja' }, '￥1,235'],
    [12345, { style: 'short' }, '12K'],
    [12345, { style: 'short', language: 'zh-Hans' }, '1.2万'],
    [2, { places: 2 }, '2.00'],
  ])('%d %j', async (number, config, expected) => expect(await write(number, config)).toBe(expected));

  test('a currency that is none is named', async () => {
    await expect(write(1, { style: 'currency', currency: 'euros' })).rejects.toMatchObject({
      reason: 'bad_currency',
      params: { currency: 'euros' },
    });
  });
});

describe('read', () => {
  const read = (text: string, language = 'en') => run({ operation: 'read', language }, { text });

  test.each<[string, string, number]>([
    ['1,234.5', 'en', 1234.5],
    ['1.234,5', 'de', 1234.5],
    ['1 234,5', 'fr', 1234.5],
    ["1'234.5", 'de-CH', 1234.5],
    ['-7', 'en', -7],
    ['−7', 'en', -7],
    ['$1,000', 'en', 1000],
    ['-$5.50', 'en', -5.5],
    ['$-5.50', 'en', -5.5],
    ['12%', 'en', 0.12],
    ['１２３', 'zh-Hans', 123],
    ['¥88', 'zh-Hans', 88],
    ['about 5 km', 'en', 5],
    ['1.5e3', 'en', 1500],
    ['.5', 'en', 0.5],
    ['٣٫٥', 'ar-EG', 3.5],
  ])('%s in %s', async (text, language, expected) => expect(await read(text, language)).toBe(expected));

  test.each(['', 'none', '1-2', '1.2.3', 'a1b2', '--5'])('refuses “%s”', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'not_a_number' });
  });

  test('reads what it wrote, in any language', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom('en', 'de', 'fr', 'zh-Hans', 'hi', 'pt-BR', 'ru', 'ar-EG', 'fa', 'sv', 'pl'),
        async (cents, language) => {
          const number = cents / 100;
          const text = (await run({ operation: 'format', language }, { number })) as string;
          expect(await read(text, language)).toBe(number + 0);
        },
      ),
    );
  });
});
