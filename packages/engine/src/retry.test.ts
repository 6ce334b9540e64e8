import { expect, test } from 'vitest';
import { longestPauseMs, pauseBefore } from './retry.ts';
import { ruleOf } from './rule.ts';

const rule = ruleOf({ rule: 'retry', backoffMs: 100 });

test('the ceiling doubles with each try and the pause is anywhere below it', () => {
  expect([1, 2, 3, 4].map((attempt) => pauseBefore(rule, attempt, 0, 1))).toEqual([100, 200, 400, 800]);
  expect([1, 2, 3, 4].map((attempt) => pauseBefore(rule, attempt, 0, 0))).toEqual([0, 0, 0, 0]);
  expect(pauseBefore(rule, 3, 0, 0.5)).toBe(200);
  expect(pauseBefore(rule, 20, 0, 1)).toBe(longestPauseMs);
});

test('no try comes before the time the provider named', () => {
  for (const random of [0, 0.3, 0.999]) {
    const pause = pauseBefore(rule, 5, 2_000, random) ?? 0;
    expect(pause).toBeGreaterThanOrEqual(2_000);
    expect(pause).toBeLessThanOrEqual(3_000);
  }
});

test('a provider that wants longer than anyone waits is not waited for', () => {
  expect(pauseBefore(rule, 1, longestPauseMs, 0)).toBe(longestPauseMs);
  expect(pauseBefore(rule, 1, longestPauseMs + 1, 0)).toBeNull();
});

test('a rule has its defaults', () => {
  expect(ruleOf(undefined)).toEqual({ tries: 1, backoffMs: 1_000, timeoutMs: 0, otherwise: 'stop', values: {}, model: '' });
  expect(ruleOf({ rule: 'retry' })).toMatchObject({ tries: 3, otherwise: 'stop' });
  expect(ruleOf({ rule: 'error-output', tries: 2 })).toMatchObject({ tries: 2, otherwise: 'error-output' });
});
