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

test('tokens of the cache have their own price, where one is known', async () => {
  const cached = { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 500_000 };
  const listed = await priceOf({ provider: 'openai', model: 'gpt-4.1-mini', tableProvider: 'openai' });
  expect(listed(cached)).toBeLessThan(listed({ inputTokens: 1_000_000, outputTokens: 0 }) ?? 0);
  const price = { inputPerMillion: 4, outputPerMillion: 0, cachedInputPerMillion: 1, cacheWritePerMillion: 5 };
  const own = priceOf({ provider: 'x', model: 'm' }, new Map([['x/m', price]])) as PriceOf;
  expect(own({ ...cached, cacheWriteTokens: 100_000 })).toBeCloseTo(0.4 * 4 + 0.5 * 1 + 0.1 * 5);
  const plain = priceOf({ provider: 'x', model: 'm' }, new Map([['x/m', { inputPerMillion: 4, outputPerMillion: 0 }]])) as PriceOf;
  expect(plain(cached)).toBe(4);
});

test('prices in tiers are asked for the size of each call', async () => {
  const price = await priceOf({ provider: 'anthropic', model: 'claude-sonnet-4-5', tableProvider: 'anthropic' });
  const small = price({ inputTokens: 100_000, outputTokens: 0 }) ?? 0;
  expect(price({ inputTokens: 1_000_000, outputTokens: 0 })).toBeGreaterThan(small * 10);
});

test('an embedding costs its input', async () => {
  const price = await priceOf({ provider: 'openai', model: 'text-embedding-3-small', tableProvider: 'openai' });
  expect(price({ inputTokens: 1_000_000, outputTokens: 0 })).toBeGreaterThan(0);
});

test('what the table lacks has a price of ours, and an override comes before it', async () => {
  const question = { provider: 'alibaba', model: 'qwen-plus', tableProvider: 'alibaba' };
  expect((priceOf(question) as PriceOf)(usage)).toBeCloseTo(1.6);
  const overrides = new Map([['alibaba/qwen-plus', { inputPerMillion: 1, outputPerMillion: 1 }]]);
  expect((priceOf(question, overrides) as PriceOf)(usage)).toBe(2);
});

const listed = (model: string, tableProvider = 'openai') => priceOf({ provider: tableProvider, model, tableProvider });
const million = 1_000_000;

test('a picture costs its tokens, at the price of pictures where there is one', async () => {
  const made = { inputTokens: 0, outputTokens: million, imageOutputTokens: million };
  const price = await listed('gemini-2.5-flash-image', 'google');
  expect(price(made)).toBeGreaterThan(price({ inputTokens: 0, outputTokens: million }) ?? 0);
  expect((await listed('gpt-image-1'))(made)).toBeGreaterThan(0);
  expect((await listed('dall-e-3'))(made)).toBeNull();
});

test('sound costs its tokens or its time, whichever the model is paid by', async () => {
  const heard = { inputTokens: million, outputTokens: 0, audioInputTokens: million, audioSeconds: 3_600 };
  const byTokens = await listed('gpt-4o-mini-transcribe');
  expect(byTokens(heard)).toBeGreaterThan(byTokens({ inputTokens: million, outputTokens: 0 }) ?? 0);
  // More sound than input is a mistake of who counted, not a reason to have no price.
  expect(byTokens({ ...heard, inputTokens: 10 })).toBeGreaterThan(0);
  for (const byTime of [await listed('whisper-1'), await listed('voxtral-mini-latest', 'mistral')]) {
    const hour = byTime(heard);
    expect(hour).toBeGreaterThan(0);
    expect(byTime({ ...heard, audioSeconds: 1_800 })).toBeCloseTo((hour ?? 0) / 2);
    // Tokens say nothing of it, so without the time nothing is known.
    expect(byTime({ inputTokens: million, outputTokens: million })).toBeNull();
  }
});

test('a price of somebody’s own holds for media too', () => {
  const own = priceOf({ provider: 'x', model: 'm' }, new Map([['x/m', { inputPerMillion: 1, outputPerMillion: 2 }]])) as PriceOf;
  expect(own({ inputTokens: million, outputTokens: million, audioSeconds: 9, imageOutputTokens: million })).toBe(3);
});
