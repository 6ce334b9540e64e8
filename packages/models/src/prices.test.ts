import { expect, test } from 'vitest';
import { type PriceOf, priceOf } from './prices.ts';

const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000 };

test('a listed model has its price, at once the second time', async () => {
  const question = { provider: 'openai', model: 'gpt-4.1-mini', tableProvider: 'openai' };
  const first = priceOf(question);
  expect(first).toBeInstanceOf(Promise);
  const price = (await first)({ inputTokens: 1_000_000, outputTokens: 0 });
  expect(price).toBeGreaterThan(0);
  const again = priceOf(question);
  expect(again).toBeTypeOf('function');
  expect((again as PriceOf)(usage)).toBeGreaterThan(price ?? 0);
});

test('a model nobody listed costs null, never zero', async () => {
  const price = await priceOf({ provider: 'openai', model: 'no-such-model', tableProvider: 'openai' });
  expect(price(usage)).toBeNull();
});

test('a provider without a table is answered without loading one', () => {
  const price = priceOf({ provider: 'openai', model: 'gpt-4.1-mini' });
  expect(price).toBeTypeOf('function');
  expect((price as PriceOf)(usage)).toBeNull();
});

test('an override comes before everything', () => {
  const overrides = new Map([['openai/gpt-4.1-mini', { inputPerMillion: 2, outputPerMillion: 3 }]]);
  const price = priceOf({ provider: 'openai', model: 'gpt-4.1-mini', tableProvider: 'openai' }, overrides);
  expect((price as PriceOf)(usage)).toBe(5);
});
