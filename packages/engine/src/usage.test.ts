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
