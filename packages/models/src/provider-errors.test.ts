import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import type { ErrorClass } from './errors.ts';
import { errorOfResponse, parseRetryAfter } from './provider-errors.ts';

const context = { provider: 'openai', model: 'gpt-x', secrets: ['secret-key-1'] };
const judge = async (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return errorOfResponse(await cannedRequest([text], status, headers)(), context);
};
const error = (fields: object) => ({ error: { message: 'It failed.', ...fields } });

const table: [status: number, body: unknown, errorClass: ErrorClass, reason: string][] = [
  [401, error({ code: 'invalid_api_key' }), 'auth', 'key_rejected'],
  [403, error({ message: 'Country not supported' }), 'auth', 'key_rejected'],
  [402, error({ message: 'Insufficient Balance' }), 'auth', 'no_credit'],
  [429, error({ code: 'insufficient_quota' }), 'auth', 'no_credit'],
  [429, error({ code: 'rate_limit_exceeded' }), 'rate_limited', 'provider_rate_limit'],
  [429, '', 'rate_limited', 'provider_rate_limit'],
  [404, error({ code: 'model_not_found' }), 'invalid_input', 'model_not_found'],
  [404, { error: 'model "llama9" not found, try pulling it first' }, 'invalid_input', 'model_not_found'],
  [404, '<html>Not Found</html>', 'invalid_input', 'endpoint_not_found'],
  [400, error({ code: 'context_length_exceeded' }), 'context_too_long', 'context_too_long'],
  [400, error({ message: "This model's maximum context length is 8192 tokens." }), 'context_too_long', 'context_too_long'],
  [413, '', 'context_too_long', 'request_too_large'],
  [400, error({ code: 'content_filter' }), 'content_filtered', 'content_filtered'],
  [400, error({ code: 'data_inspection_failed' }), 'content_filtered', 'content_filtered'],
  [400, error({ message: 'temperature must be below 2', code: null }), 'invalid_input', 'provider_refused'],
  [422, { detail: 'field required' }, 'invalid_input', 'provider_refused'],
  [408, '', 'timeout', 'provider_timeout'],
  [500, error({}), 'provider_unavailable', 'provider_error'],
  [502, '<html>Bad gateway</html>', 'provider_unavailable', 'provider_error'],
  [503, '', 'provider_unavailable', 'provider_error'],
  [529, error({ type: 'overloaded_error' }), 'provider_unavailable', 'provider_error'],
  [400, error({ status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] }), 'auth', 'key_rejected'],
  [429, error({ status: 'RESOURCE_EXHAUSTED', message: 'You exceeded your current quota.' }), 'rate_limited', 'provider_rate_limit'],
  [404, error({ message: 'models/gemini-9 is not found for API version v1beta' }), 'invalid_input', 'model_not_found'],
  [400, error({ message: 'The input token count exceeds the maximum number of tokens allowed.' }), 'context_too_long', 'context_too_long'],
  [500, [error({ code: 500, status: 'INTERNAL' })], 'provider_unavailable', 'provider_error'],
  [404, error({ type: 'not_found_error', message: 'model: claude-9' }), 'invalid_input', 'model_not_found'],
  [400, error({ message: 'Your credit balance is too low' }), 'auth', 'no_credit'],
  [404, error({ code: 'DeploymentNotFound' }), 'invalid_input', 'model_not_found'],
  [
    400,
    error({ code: null, innererror: { code: 'ResponsibleAIPolicyViolation', x: 1 }, message: 'content management policy' }),
    'content_filtered',
    'content_filtered',
  ],
  [422, { detail: [{ loc: ['body'], msg: 'field required' }] }, 'invalid_input', 'provider_refused'],
];

test.each(table)('%i %j is %s/%s', async (status, body, errorClass, reason) => {
  const found = await judge(status, body);
  expect([found.errorClass, found.reason]).toEqual([errorClass, reason]);
  expect(found.params).toMatchObject({ provider: 'openai', model: 'gpt-x', status });
});

test('the provider’s words are kept, without the key', async () => {
  const found = await judge(401, error({ message: 'Incorrect API key provided: secret-key-1. Also sk-abcdefgh123.' }));
  expect(found.params['message']).toBe('Incorrect API key provided: [key]. Also [key].');
});

test('the wait a provider asks for is kept', async () => {
  expect((await judge(429, error({}), { 'retry-after': '2' })).retryAfterMs).toBe(2_000);
  expect((await judge(503, error({}), { 'retry-after': '0.5' })).retryAfterMs).toBe(500);
  expect((await judge(429, error({}), { 'retry-after': '1', 'retry-after-ms': '350' })).retryAfterMs).toBe(350);
  expect((await judge(429, error({}))).retryAfterMs).toBeUndefined();
});

test.each([
  ['2', 2_000],
  [' 0 ', 0],
  ['1.25', 1_250],
  ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %j is %j milliseconds', (value, expected) => {
  expect(parseRetryAfter(value, Date.UTC(2026, 0, 1))).toBe(expected);
});

const aws: [status: number, kind: string, message: string, errorClass: ErrorClass, reason: string][] = [
  [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.', 'auth', 'key_rejected'],
  [400, 'ExpiredTokenException', 'The security token expired', 'auth', 'key_rejected'],
  [400, 'ThrottlingException', 'Too many requests', 'rate_limited', 'provider_rate_limit'],
  [400, 'ValidationException', 'Input is too long for requested model.', 'context_too_long', 'context_too_long'],
  [400, 'ValidationException', 'The provided model identifier is invalid.', 'invalid_input', 'model_not_found'],
  [400, 'ValidationException', 'temperature is out of range', 'invalid_input', 'provider_refused'],
  [424, 'ModelTimeoutException', 'Timed out', 'timeout', 'provider_timeout'],
  [503, 'ServiceUnavailableException', 'Down', 'provider_unavailable', 'provider_error'],
];
test.each(aws)('%i %s “%s” is %s/%s', async (status, kind, message, errorClass, reason) => {
  const found = await judge(status, { message }, { 'x-amzn-errortype': kind });
  expect([found.errorClass, found.reason]).toEqual([errorClass, reason]);
});

test('a wait told inside the error is kept too', async () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' }];
  expect((await judge(429, error({ status: 'RESOURCE_EXHAUSTED', details }))).retryAfterMs).toBe(34_500);
  expect((await judge(429, error({ details: [{ retryDelay: 'soon' }, 'x'] }))).retryAfterMs).toBeUndefined();
});
