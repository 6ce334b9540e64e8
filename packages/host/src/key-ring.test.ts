import { ModelError } from '@patchbay/models';
import { expect, test } from 'vitest';
import { createKeyRing, keysIn } from './key-ring.ts';

const limit = (retryAfterMs?: number) =>
  new ModelError('rate_limited', 'provider_rate_limit', {}, retryAfterMs === undefined ? {} : { retryAfterMs });
const refused = new ModelError('auth', 'key_rejected', { provider: 'openai' });
const none: ReadonlySet<number> = new Set();

test('keys take turns', () => {
  const ring = createKeyRing(3);
  expect([1, 2, 3, 4].map(() => ring.take(none))).toEqual([0, 1, 2, 0]);
});

test('a key at its limit rests for as long as it was told, and comes back then', () => {
  let now = 1_000;
  const ring = createKeyRing(2, () => now);
  expect(ring.failed(0, limit(5_000))).toBe(true);
  expect([ring.take(none), ring.take(none)]).toEqual([1, 1]);
  now += 4_999;
  expect(ring.take(none)).toBe(1);
  now += 1;
  expect([ring.take(none), ring.take(none)]).toEqual([0, 1]);
});

test('who is not told how long waits twice as long each time, up to a minute, and an answer ends that', () => {
  let now = 0;
  const ring = createKeyRing(1, () => now);
  const waits: (number | undefined)[] = [];
  for (let time = 0; time < 8; time += 1) {
    ring.failed(0, limit());
    waits.push(ring.whyNone('x').retryAfterMs);
    now += 60_000;
  }
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  ring.worked(0);
  ring.failed(0, limit());
  expect(ring.whyNone('x').retryAfterMs).toBe(1_000);
});

test('a refused key is left alone, and tried again after ten minutes', () => {
  let now = 0;
  const ring = createKeyRing(2, () => now);
  ring.failed(0, refused);
  now += 10 * 60_000 - 1;
  expect([ring.take(none), ring.take(none)]).toEqual([1, 1]);
  ring.failed(1, refused);
  expect(ring.take(none)).toBeUndefined();
  expect(ring.whyNone('openai')).toBe(refused);
  now += 1;
  expect([ring.take(none), ring.take(none)]).toEqual([0, 0]);
});

test('what a key may not do takes it from nobody who asks for something else', () => {
  const ring = createKeyRing(2, () => 0);
  const forbidden = new ModelError('auth', 'key_rejected', { provider: 'openai', model: 'secret-model', status: 403 });
  expect([ring.failed(0, forbidden), ring.failed(1, forbidden)]).toEqual([true, true]);
  expect([ring.take(none), ring.take(none)]).toEqual([0, 1]);
});

test('where all rest, the wait is that of the first to come back', () => {
  const ring = createKeyRing(3, () => 0);
  ring.failed(0, limit(9_000));
  ring.failed(1, limit(2_000));
  ring.failed(2, refused);
  expect(ring.has(none)).toBe(false);
  expect(ring.whyNone('openai')).toMatchObject({ errorClass: 'rate_limited', retryAfterMs: 2_000, params: { provider: 'openai' } });
});

test.each([
  new ModelError('provider_unavailable', 'provider_error'),
  new ModelError('invalid_input', 'provider_refused'),
  new ModelError('timeout', 'idle_timeout'),
  new TypeError('x'),
])('%s is not the key’s fault', (error) => {
  const ring = createKeyRing(2, () => 0);
  expect(ring.failed(0, error)).toBe(false);
  expect([ring.take(none), ring.take(none)]).toEqual([0, 1]);
});

test('a key that was tried in this call is passed over', () => {
  const ring = createKeyRing(2);
  expect(ring.take(new Set([0]))).toBe(1);
  expect(ring.take(new Set([0, 1]))).toBeUndefined();
});

test.each([
  [undefined, [undefined]],
  ['one', ['one']],
  [' one , two,one,, ', ['one', 'two']],
  ['{"type":"service_account","a":"b,c"}', ['{"type":"service_account","a":"b,c"}']],
])('the keys in %j are %j', (text, keys) => {
  expect(keysIn(text)).toEqual(keys);
});
