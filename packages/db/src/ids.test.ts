import { expect, test } from 'vitest';
import { firstIdAt, newId } from './ids.ts';

test('ids have their prefix and sort in the order they were made, within a millisecond and when the clock steps back', () => {
  const start = Date.now() + 10_000;
  const ids = Array.from({ length: 5_000 }, (_, index) => newId('run', start - (index % 7) * 1_000));
  expect(ids.every((id) => /^run_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the first id at a time is a bound for ids made then', () => {
  const time = Date.now() + 100_000;
  expect(firstIdAt('run', time) <= newId('run', time)).toBe(true);
  expect(firstIdAt('run', time + 1) > newId('run', time)).toBe(true);
});
