import { expect, test } from 'vitest';
import { addUsage, noUsage } from './usage.ts';

const call = { calls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.25, estimated: false, provider: 'p', model: 'm', simulated: false };

test('calls add up', () => {
  const total = noUsage();
  addUsage(total, call);
  addUsage(total, { ...call, estimated: true });
  expect(total).toEqual({ calls: 2, inputTokens: 20, outputTokens: 10, costUsd: 0.5, estimated: true });
});

test('one call without a price leaves the sum unknown for good', () => {
  const total = noUsage();
  addUsage(total, { ...call, costUsd: null });
  addUsage(total, call);
  expect(total.costUsd).toBeNull();
  expect(total.calls).toBe(2);
});

test('an answer that was given again counts apart from what was paid', () => {
  const total = noUsage();
  addUsage(total, call);
  expect(total).not.toHaveProperty('cacheHits');
  const hit = { ...call, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, cacheHits: 1, savedUsd: 0.25 };
  addUsage(total, hit);
  addUsage(total, hit);
  expect(total).toEqual({ calls: 1, inputTokens: 10, outputTokens: 5, costUsd: 0.25, estimated: false, cacheHits: 2, savedUsd: 0.5 });
});

test('what only some calls say adds up, and stays away where none said it', () => {
  const total = noUsage();
  addUsage(total, call);
  expect(Object.keys(total)).toEqual(['calls', 'inputTokens', 'outputTokens', 'costUsd', 'estimated']);
  addUsage(total, { ...call, cachedInputTokens: 4, reasoningTokens: 3 });
  addUsage(total, { ...call, cachedInputTokens: 2, cacheWriteTokens: 1, audioSeconds: 1.5 });
  expect(total).toMatchObject({ calls: 3, cachedInputTokens: 6, cacheWriteTokens: 1, reasoningTokens: 3, audioSeconds: 1.5 });
});
