import {
  APICallError,
  InvalidPromptError,
  JSONParseError,
  NoContentGeneratedError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { ModelError } from '../errors.ts';
import { failureOf } from './failure.ts';

const context = { provider: 'p', model: 'm', secrets: ['secret-1'] };
const going = new AbortController().signal;
const judge = (error: unknown) => failureOf(error, context, going);
const wrapped = (cause: unknown) =>
  new APICallError({ message: 'Failed to process successful response', url: 'http://x', requestBodyValues: {}, statusCode: 200, cause });

test('an error of ours comes through, however deep it was wrapped', () => {
  const own = new ModelError('timeout', 'idle_timeout');
  for (const error of [own, wrapped(own), new Error('x', { cause: wrapped(own) })]) expect(judge(error)).toBe(own);
});

test('a ring of causes ends', () => {
  const first = new Error('a');
  const second = new Error('b', { cause: first });
  first.cause = second;
  expect(judge(first)).toMatchObject({ errorClass: 'bad_output' });
});

const broken = new JSONParseError({ text: '{', cause: new SyntaxError('x') });
test.each<[string, unknown, string, string]>([
  ['what is no JSON', wrapped(broken), 'bad_output', 'malformed_answer'],
  ['what does not fit', new TypeValidationError({ value: { a: 1 }, cause: new Error('x') }), 'bad_output', 'malformed_answer'],
  ['nothing', new NoContentGeneratedError(), 'bad_output', 'empty_answer'],
  ['what a model cannot', new UnsupportedFunctionalityError({ functionality: 'tools' }), 'invalid_input', 'unsupported'],
  ['a prompt it refuses', new InvalidPromptError({ prompt: [], message: 'no' }), 'invalid_input', 'provider_refused'],
  [
    'an error document for a chunk',
    new TypeValidationError({ value: { error: { message: 'x', code: 'rate_limit' } }, cause: new Error('x') }),
    'rate_limited',
    'provider_rate_limit',
  ],
  ['an event', { type: 'overloaded_error', message: 'Overloaded' }, 'provider_unavailable', 'provider_error'],
  ['an event with a status', { message: 'x', statusCode: 401 }, 'auth', 'key_rejected'],
  ['a bare word', 'content_filter', 'content_filtered', 'content_filtered'],
  [
    'a status the package kept',
    new APICallError({ message: 'gone', url: 'u', requestBodyValues: {}, statusCode: 503 }),
    'provider_unavailable',
    'provider_error',
  ],
  ['something nobody foresaw', new Error('odd'), 'bad_output', 'malformed_answer'],
  ['nothing at all', undefined, 'bad_output', 'malformed_answer'],
])('%s is its class', (_name, error, errorClass, reason) => {
  const failure = judge(error);
  expect([failure.errorClass, failure.reason]).toEqual([errorClass, reason]);
  expect(failure.params).toMatchObject({ provider: 'p', model: 'm' });
});

test('a call that was stopped is told as whoever stopped it said', () => {
  const stop = new AbortController();
  const reason = new ModelError('budget_exceeded', 'budget');
  stop.abort(reason);
  expect(failureOf(new DOMException('x', 'AbortError'), context, stop.signal)).toBe(reason);
  expect(failureOf(new Error('x'), context, AbortSignal.abort())).toMatchObject({ errorClass: 'cancelled' });
});

test.each([
  new Error('bad secret-1 here'),
  new UnsupportedFunctionalityError({ functionality: 'secret-1' }),
  { message: 'secret-1', type: 'x' },
  'secret-1',
])('no message tells a key', (error) => {
  const { message, params } = judge(error);
  expect(JSON.stringify([message, params])).not.toContain('secret-1');
});
