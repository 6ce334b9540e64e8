import { StorageError } from '@patchbay/db';
import type { ErrorClass, RunResult } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { describeError, describeFailedRun } from './problem-document.ts';
import { reasonWords, requestStatus, ServiceError } from './service-error.ts';

const reader = { locale: 'en', instance: 'req_1' } as const;
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };
const failed = (name: ErrorClass, params = {}): RunResult => ({
  status: name === 'cancelled' ? 'cancelled' : 'failed',
  outputs: { part: 'kept' },
  error: { class: name, reason: 'unknown', params, node: 'ask' },
  usage,
  simulated: false,
  durationMs: 12.4,
});

const statuses: Record<ErrorClass, number> = {
  invalid_input: 400,
  content_filtered: 422,
  context_too_long: 422,
  budget_exceeded: 402,
  rate_limited: 503,
  timeout: 504,
  auth: 502,
  provider_unavailable: 502,
  bad_output: 502,
  cancelled: 499,
  internal: 500,
};

test.each(Object.entries(statuses) as [ErrorClass, number][])('a run that failed with %s answers %i', (name, status) => {
  const { document } = describeFailedRun('run_1', failed(name), reader);
  expect(document).toMatchObject({
    type: `urn:patchbay:problem:${name}`,
    status,
    code: name,
    instance: 'req_1',
    runId: 'run_1',
    nodeId: 'ask',
    outputs: { part: 'kept' },
    run: { id: 'run_1', durationMs: 12 },
  });
  expect(document.detail).toMatch(/^[A-Z].+\.$/s);
  const chinese = describeFailedRun('run_1', failed(name), { ...reader, locale: 'zh-Hans' }).document;
  expect(chinese.title + chinese.detail).toMatch(/\p{Script=Han}/u);
});

test('a busy provider says when to come back', () => {
  expect(describeFailedRun('r', failed('rate_limited', { retryAfterMs: 2_500 }), reader).headers['Retry-After']).toBe('3');
  expect(describeFailedRun('r', failed('rate_limited'), reader).headers['Retry-After']).toBe('1');
  expect(describeFailedRun('r', { ...failed('timeout'), simulated: true }, reader).headers).toEqual({ 'Patchbay-Simulated': 'true' });
});

test('every refusal has its sentence in both languages, without a hole', () => {
  for (const [reason, words] of Object.entries(reasonWords)) {
    expect(words.en, reason).toMatch(/^[A-Z].*[^.]$|^[A-Z].*\.$/s);
    expect(words['zh-Hans'], reason).toMatch(/\p{Script=Han}/u);
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    expect(holes(words['zh-Hans']), reason).toEqual(holes(words.en));
  }
});

test('codes have the status of the contract', () => {
  expect(requestStatus).toMatchObject({
    unauthenticated: 401,
    forbidden: 403,
    not_found: 404,
    conflict: 409,
    precondition_failed: 412,
    too_large: 413,
    unsupported: 415,
    storage_full: 507,
    unavailable: 503,
  });
});

test('trouble of the store is told by its kind, and anything unknown says nothing of itself', () => {
  expect(describeError(new StorageError('full', 'x'), reader)).toMatchObject({ status: 507, document: { code: 'storage_full' } });
  expect(describeError(new StorageError('busy', 'x'), reader)).toMatchObject({
    status: 503,
    headers: { 'Retry-After': '1' },
    document: { retryable: true },
  });
  for (const thrown of [new Error('/home/me/secret'), 'secret', undefined, { message: 'secret' }, new StorageError('corrupt', 'secret')]) {
    const { status, document } = describeError(thrown, reader);
    expect(status).toBe(500);
    expect(JSON.stringify(document)).not.toContain('secret');
  }
});

test('parameters are shown, never read as templates', () => {
  const error = new ServiceError('conflict', 'slug_taken', { params: { slug: '{slug}{x}' } });
  expect(describeError(error, reader).document.detail).toContain('“{slug}{x}”');
});

test('a limit of our own is 429 and says which; the provider’s is 503', () => {
  const failed = (reason: string, params: Record<string, string | number>) =>
    describeFailedRun(
      'run_1',
      {
        status: 'failed',
        outputs: {},
        usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
        simulated: false,
        durationMs: 1,
        error: { class: 'rate_limited', reason, params },
      },
      { locale: 'en', instance: 'req' },
    );
  const own = failed('too_many', { gate: 'model_calls', limit: 100, retryAfterMs: 1_000 });
  expect(own).toMatchObject({
    status: 429,
    document: { status: 429, code: 'rate_limited', retryable: true },
    headers: {
      'Retry-After': '1',
      'RateLimit-Policy': '"model_calls";q=100;qu="concurrent-requests"',
      RateLimit: '"model_calls";r=0;t=1',
    },
  });
  const theirs = failed('provider_rate_limit', { provider: 'openai', retryAfterMs: 2_500 });
  expect(theirs).toMatchObject({ status: 503, headers: { 'Retry-After': '3' } });
  expect(theirs.headers).not.toHaveProperty('RateLimit');
});
