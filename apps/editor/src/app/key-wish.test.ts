import { expect, test } from 'vitest';
import { freshWish, isCount, isDollars, keyBodyOf } from './key-wish.ts';

const wish = { ...freshWish, name: ' Shop ' };

test('a key is made for what was chosen, and held to what was written', () => {
  expect(keyBodyOf(wish)).toEqual({ name: 'Shop', scopes: ['run'] });
  expect(keyBodyOf({ ...wish, scope: 'read', flow: 'support', perDay: ' 2,50 ', perMinute: '60' })).toEqual({
    name: 'Shop',
    scopes: ['run', 'read'],
    flows: ['support'],
    limits: { costPerDayUsd: 2.5, runsPerMinute: 60 },
  });
  expect(keyBodyOf({ ...wish, perDay: '0' })).toMatchObject({ limits: { costPerDayUsd: 0 } });
});

test('a key that manages is for all flows, even where one was chosen before', () => {
  expect(keyBodyOf({ ...wish, scope: 'manage', flow: 'support' })).toEqual({ name: 'Shop', scopes: ['manage'] });
});

test('nothing is made without a name, or of figures that are none', () => {
  expect(keyBodyOf(freshWish)).toBeUndefined();
  for (const perDay of ['free', '-1', '1e9', '1.2.3'])
    expect([perDay, isDollars(perDay), keyBodyOf({ ...wish, perDay })]).toEqual([perDay, false, undefined]);
  for (const perMinute of ['0', '1.5', '-3', '1234567'])
    expect([perMinute, isCount(perMinute), keyBodyOf({ ...wish, perMinute })]).toEqual([perMinute, false, undefined]);
});
