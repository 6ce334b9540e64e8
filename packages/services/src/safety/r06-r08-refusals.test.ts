import { describeFailure } from '@patchbay/node-kit';
import { type FakeProvider, type Reply, startFakeProvider } from '@patchbay/testing';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Against, providerKey, runAgainst } from './run-against.ts';

let provider: FakeProvider;
beforeEach(async () => {
  provider = await startFakeProvider();
});
afterEach(() => provider.close());

const retry = (tries: number): Against => ({ onError: { rule: 'retry', tries, backoffMs: 1 } });
const status = (code: number, more: object = {}): Reply => ({ fault: { kind: 'status', status: code, ...more } });
const both = [true, false];

test.each(both)('R6: 429 is tried again no earlier than the provider asked, as often as configured (streaming: %s)', async (streaming) => {
  const busy = status(429, { retryAfter: '1' });
  provider.script(busy, busy, { text: 'At last' });
  const { result, of } = await runAgainst(provider, { ...retry(3), streaming });
  expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: 'At last' } });
  expect(of('step-retry')).toMatchObject([
    { attempt: 2, delayMs: 1_000, error: { class: 'rate_limited' } },
    { attempt: 3, delayMs: 1_000 },
  ]);
  const times = provider.calls.map((call) => call.atMs);
  expect(times).toHaveLength(3);
  // A timer may be a millisecond early by the other clock.
  for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThan(995);
});

test('R6: when the tries are used up the class is rate_limited, with what the provider asked for', async () => {
  provider.script(...Array.from({ length: 9 }, () => status(429, { retryAfter: '0' })), status(429, { retryAfter: '2' }));
  const { result } = await runAgainst(provider, retry(10));
  expect(provider.calls).toHaveLength(10);
  expect(result).toMatchObject({ status: 'failed', error: { class: 'rate_limited', node: 'ask', params: { retryAfterMs: 2_000 } } });
  expect(result.usage).toMatchObject({ calls: 10, costUsd: 0 });
});

test('R6: who asks for an hour is not waited for', async () => {
  provider.script(status(429, { retryAfter: '3600' }));
  const { result } = await runAgainst(provider, retry(5));
  expect(result).toMatchObject({ status: 'failed', error: { class: 'rate_limited', params: { retryAfterMs: 3_600_000 } } });
  expect(provider.calls).toHaveLength(1);
});

test.each([500, 502, 503, 529])('R7: %s is tried again, as often as configured, then provider_unavailable', async (code) => {
  provider.script(status(code), status(code), status(code), status(code));
  const { result, of } = await runAgainst(provider, retry(4));
  expect(provider.calls).toHaveLength(4);
  expect(of('step-retry')).toHaveLength(3);
  expect(result).toMatchObject({ status: 'failed', error: { class: 'provider_unavailable', reason: 'provider_error' } });
});

test('R7: a reset connection is tried again, and a later try may succeed', async () => {
  provider.script({ fault: { kind: 'reset' } }, { fault: { kind: 'reset' } }, { text: 'Here' });
  const { result } = await runAgainst(provider, retry(3));
  expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: 'Here' } });
  expect(provider.calls).toHaveLength(3);
});

test('R7: nobody listening, a name nobody knows and a failed handshake are all provider_unavailable', async () => {
  const { port } = provider;
  await provider.close();
  const refused = await runAgainst({ url: `http://127.0.0.1:${port}/v1` }, retry(3));
  expect(refused.result.error).toMatchObject({ class: 'provider_unavailable', reason: 'connect_failed' });
  expect(refused.of('step-retry')).toHaveLength(2);
  const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  const unknown = await runAgainst({ url: 'http://nobody.example/v1' }, { ...retry(2), resolve });
  expect(unknown.result.error).toMatchObject({ class: 'provider_unavailable', reason: 'dns_failed' });
  expect(unknown.of('step-retry')).toHaveLength(1);
  provider = await startFakeProvider();
  const plain = await runAgainst({ url: `https://127.0.0.1:${provider.port}/v1` }, retry(2));
  expect(plain.result.error).toMatchObject({ class: 'provider_unavailable', reason: 'tls_failed' });
  // What never left costs nothing.
  for (const { result } of [refused, unknown, plain]) expect(result.usage.calls).toBe(0);
});

test('R7: the fallback model, of another provider, is asked once after the tries', async () => {
  const second = await startFakeProvider({ reply: { text: 'The other answers' } });
  onTestFinished(() => second.close());
  provider.script(status(500), status(503), status(500));
  const { result } = await runAgainst(provider, {
    onError: { rule: 'fallback-model', model: 'deepseek/other', tries: 2, backoffMs: 1 },
    env: { DEEPSEEK_BASE_URL: second.url },
  });
  expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: 'The other answers' } });
  expect([provider.calls.length, second.calls.length]).toEqual([2, 1]);
  expect(second.calls[0]?.body).toMatchObject({ model: 'other' });
});

const refusals: [name: string, reply: Reply, errorClass: string, reason: string][] = [
  ['400', status(400, { message: 'temperature must be below 2' }), 'invalid_input', 'provider_refused'],
  ['401', status(401, { message: `Incorrect API key provided: ${providerKey}.` }), 'auth', 'key_rejected'],
  ['403', status(403, { message: 'Country not supported.' }), 'auth', 'key_rejected'],
  ['404', status(404, { code: 'model_not_found', message: 'The model m does not exist.' }), 'invalid_input', 'model_not_found'],
  ['no credit left', status(429, { code: 'insufficient_quota', message: 'You exceeded your current quota.' }), 'auth', 'no_credit'],
  [
    'a content filter',
    status(400, { code: 'content_filter', message: 'The prompt was filtered.' }),
    'content_filtered',
    'content_filtered',
  ],
  [
    'a context too long',
    status(400, { code: 'context_length_exceeded', message: 'Maximum context is 8192.' }),
    'context_too_long',
    'context_too_long',
  ],
];
test.each(refusals)('R8: %s is one call, in its class, with the provider’s words and no key', async (_name, reply, errorClass, reason) => {
  for (const streaming of both) {
    provider.calls.length = 0;
    provider.script(reply);
    const { result, of } = await runAgainst(provider, { ...retry(5), streaming });
    expect(provider.calls).toHaveLength(1);
    expect(of('step-retry')).toEqual([]);
    expect(result).toMatchObject({ status: 'failed', error: { class: errorClass, reason, node: 'ask' } });
    const said = String(result.error?.params['message']);
    const told = result.error === undefined ? '' : describeFailure(result.error, 'en').message;
    expect(said.length).toBeGreaterThan(10);
    expect(told).toContain(said);
    expect(JSON.stringify(result)).not.toContain(providerKey);
  }
});

test('R8: what the model itself refuses or filters is final too', async () => {
  for (const reply of [{ fault: { kind: 'refusal', text: 'I cannot.' } }, { finishReason: 'content_filter' }] satisfies Reply[]) {
    provider.calls.length = 0;
    provider.script(reply);
    const { result } = await runAgainst(provider, retry(5));
    expect(result.error).toMatchObject({ class: 'content_filtered' });
    expect(provider.calls).toHaveLength(1);
  }
});
