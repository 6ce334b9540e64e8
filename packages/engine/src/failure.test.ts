import { errorClasses, ModelError } from '@patchbay/models';
import { StepError } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { isRetryable, logFields, mayUseOtherModel, retryAfter, toFailure } from './failure.ts';

test('errors of our shape keep class, reason and parameters', () => {
  const error = new StepError('invalid_input', 'not_json', { start: '{', limit: 3 });
  expect(toFailure(error, 'n')).toEqual({ class: 'invalid_input', reason: 'not_json', params: { start: '{', limit: 3 }, node: 'n' });
  const model = new ModelError('rate_limited', 'provider_rate_limit', { provider: 'demo' }, { retryAfterMs: 2_000 });
  expect(toFailure(model, 'm')).toMatchObject({ class: 'rate_limited', params: { provider: 'demo', retryAfterMs: 2_000 } });
  expect(retryAfter(model)).toBe(2_000);
});

test('the shape is enough, the class is not asked for', () => {
  expect(toFailure({ errorClass: 'timeout', reason: 'slow', params: { ms: 5, list: [1], nothing: null } }, 'n')).toEqual({
    class: 'timeout',
    reason: 'slow',
    params: { ms: 5 },
    node: 'n',
  });
});

test.each([
  new Error('password=hunter2'),
  'text',
  null,
  undefined,
  42,
  { errorClass: 'constructor' },
  { errorClass: '__proto__' },
  { errorClass: 7, reason: 'x' },
  { errorClass: ['timeout'], reason: 'x' },
  Object.create(null),
])('what has not our shape says nothing of itself: %s', (thrown) => {
  expect(toFailure(thrown, 'n')).toEqual({ class: 'internal', reason: 'unexpected', params: {}, node: 'n' });
});

test('only some classes are tried again', () => {
  const retried = errorClasses.filter((name) => isRetryable({ class: name, reason: '', params: {} }));
  expect(retried).toEqual(['rate_limited', 'timeout', 'provider_unavailable', 'bad_output']);
  const elsewhere = errorClasses.filter((name) => !mayUseOtherModel({ class: name, reason: '', params: {} }));
  expect(elsewhere).toEqual(['invalid_input', 'budget_exceeded', 'cancelled']);
});

test.each([Number.NaN, -1, '5', Number.POSITIVE_INFINITY, undefined])('a pause that makes no sense is none: %s', (retryAfterMs) => {
  expect(retryAfter({ retryAfterMs })).toBe(0);
});

test('the log gets the name and the place of an unexpected error', () => {
  const fields = logFields(new TypeError('x is not a function'));
  expect(fields).toMatchObject({ name: 'TypeError', message: 'x is not a function' });
  expect(fields['place']).toMatch(/^at /);
  expect(logFields('text')).toEqual({ thrown: 'string' });
});

test('what is missing of the shape is filled in, and nothing that was not asked for is told', () => {
  const bare = { class: 'timeout', reason: 'unknown', params: {}, node: 'n' };
  expect(toFailure({ errorClass: 'timeout' }, 'n')).toEqual(bare);
  expect(toFailure({ errorClass: 'timeout', reason: 7, params: null, retryAfterMs: 0 }, 'n')).toEqual(bare);
});

test.each([null, undefined, 'later', 5])('what is no error asks for no pause: %s', (thrown) => {
  expect(retryAfter(thrown)).toBe(0);
});

test('the log takes a long message and an error without a trace', () => {
  const error = new Error('x'.repeat(500));
  delete error.stack;
  expect(logFields(error)).toEqual({ name: 'Error', message: 'x'.repeat(200), place: '' });
  error.stack = 'Error: without a place';
  expect(logFields(error)['place']).toBe('');
});
