import { expect, test } from 'vitest';
import { createManualClock, createRandom } from './clock.ts';

test('the clock stands still until told', () => {
  const clock = createManualClock(1_000);
  expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
});

test('numbers repeat with their seed and stay in range', () => {
  const draw = (seed: number) => Array.from({ length: 100 }, createRandom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  expect(draw(3).every((value) => value >= 0 && value < 1)).toBe(true);
});
