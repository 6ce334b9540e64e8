import { cannedRequest, type FakeProvider, plainRequest, type Reply, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ErrorClass, ModelError } from '../errors.ts';
import type { CallContext, ChatChunk, ChatRequest, ModelProvider, OutboundRequest } from '../interface.ts';
import { createOpenAiCompatible } from './provider.ts';

let fake: FakeProvider;
let provider: ModelProvider;
beforeAll(async () => {
  fake = await startFakeProvider({ models: ['m1', 'm2'] });
  provider = createOpenAiCompatible({ id: 'openai', baseUrl: `${fake.url}/`, apiKey: 'key-123456' });
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.calls.length = 0;
});

const call = (request: OutboundRequest = plainRequest, idempotencyKey?: string): CallContext => ({
  request,
  signal: new AbortController().signal,
  idempotencyKey,
});
const asked: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hello 你好 there' }] };

async function drain(stream: AsyncIterable<ChatChunk>) {
  const texts: string[] = [];
  let end: Extract<ChatChunk, { type: 'end' }> | undefined;
  let failure: unknown;
  try {
    for await (const chunk of stream) {
      if (chunk.type === 'text') texts.push(chunk.text);
      else if (chunk.type === 'end') end = chunk;
    }
  } catch (error) {
    failure = error;
  }
  return { texts, text: texts.join(''), end, failure };
}

test('a whole answer with its usage and model', async () => {
  fake.script({ model: 'm-2026', usage: { prompt_tokens: 7, completion_tokens: 3 } });
  expect(await provider.generate(asked, call())).toEqual({
    text: 'Hello 你好 there',
    finishReason: 'stop',
    usage: { inputTokens: 7, outputTokens: 3, costUsd: null, estimated: false },
    model: 'm-2026',
    simulated: false,
  });
});

test('key and idempotency key travel as headers, and only where there are any', async () => {
  await provider.generate(asked, call(plainRequest, 'run:node:1'));
  expect(fake.calls[0]?.headers).toMatchObject({ authorization: 'Bearer key-123456', 'idempotency-key': 'run:node:1' });
  const open = createOpenAiCompatible({ id: 'local', baseUrl: fake.url });
  await open.generate(asked, call());
  expect(fake.calls[1]?.headers).not.toHaveProperty('authorization');
  expect(fake.calls[1]?.headers).not.toHaveProperty('idempotency-key');
});

test('a stream is its texts and one end', async () => {
  const { texts, end } = await drain(provider.stream(asked, call()));
  expect(texts.join('')).toBe('Hello 你好 there');
  expect(end).toMatchObject({
    type: 'end',
    finishReason: 'stop',
    model: 'm',
    simulated: false,
    usage: { inputTokens: 10, estimated: false },
  });
});

test('characters torn between pieces come out whole', async () => {
  fake.script({ text: '你好，世界 🌏é', fault: { kind: 'split-bytes' } });
  expect((await drain(provider.stream(asked, call()))).text).toBe('你好，世界 🌏é');
});

test('prices are added where the provider is in the table', async () => {
  const priced = createOpenAiCompatible({ id: 'openai', baseUrl: fake.url, tableProvider: 'openai' });
  fake.script({ usage: { prompt_tokens: 1_000, completion_tokens: 1_000 } });
  const { usage } = await priced.generate({ ...asked, model: 'gpt-4.1-mini' }, call());
  expect(usage.costUsd).toBeGreaterThan(0);
  const overridden = createOpenAiCompatible({
    id: 'x',
    baseUrl: fake.url,
    prices: new Map([['x/m', { inputPerMillion: 1, outputPerMillion: 2 }]]),
  });
  fake.script({ usage: { prompt_tokens: 1_000_000, completion_tokens: 1_000_000 } });
  const { end } = await drain(overridden.stream(asked, call()));
  expect(end?.usage.costUsd).toBe(3);
});

test('models are listed in the provider’s order', async () => {
  expect(await provider.listModels(call())).toEqual(['m1', 'm2']);
});

const fine: [name: string, reply: Reply, expected: object][] = [
  ['usage missing', { fault: { kind: 'no-usage' } }, { usage: { inputTokens: 9, outputTokens: 5, estimated: true } }],
  ['cut at its length', { finishReason: 'length' }, { finishReason: 'length' }],
  ['ended by something else', { finishReason: 'tool_calls' }, { finishReason: 'other' }],
  ['without [DONE] but with a finish reason', { fault: { kind: 'no-done' } }, { finishReason: 'stop' }],
];
test.each(fine)('answers all the same: %s', async (_name, reply, expected) => {
  fake.script(reply, reply);
  expect(await provider.generate(asked, call())).toMatchObject({ text: 'Hello 你好 there', ...expected });
  const { text, end } = await drain(provider.stream(asked, call()));
  expect(text).toBe('Hello 你好 there');
  expect(end).toMatchObject(expected);
});

const failing: [name: string, reply: Reply, errorClass: ErrorClass, reason: string][] = [
  ['empty choices', { fault: { kind: 'empty-choices' } }, 'bad_output', 'empty_answer'],
  ['null content', { fault: { kind: 'null-content' } }, 'bad_output', 'empty_answer'],
  ['a refusal', { fault: { kind: 'refusal', text: 'I cannot help with that.' } }, 'content_filtered', 'model_refused'],
  ['a filter at the end', { finishReason: 'content_filter' }, 'content_filtered', 'content_filtered'],
  ['malformed JSON', { fault: { kind: 'malformed' } }, 'bad_output', 'malformed_answer'],
  ['429', { fault: { kind: 'status', status: 429, retryAfter: '1' } }, 'rate_limited', 'provider_rate_limit'],
  ['500', { fault: { kind: 'status', status: 500 } }, 'provider_unavailable', 'provider_error'],
  ['an HTML page', { fault: { kind: 'html', status: 502 } }, 'provider_unavailable', 'provider_error'],
];
test.each(failing)('fails in its class, whole or streamed: %s', async (_name, reply, errorClass, reason) => {
  fake.script(reply, reply);
  await expect(provider.generate(asked, call())).rejects.toMatchObject({ errorClass, reason });
  const { failure, end } = await drain(provider.stream(asked, call()));
  expect(failure).toBeInstanceOf(ModelError);
  expect(failure).toMatchObject({ errorClass, reason });
  expect(end).toBeUndefined();
});

const cut: [name: string, reply: Reply, errorClass: ErrorClass, reason: string][] = [
  ['ended without [DONE] or finish', { fault: { kind: 'early-end', after: 3 } }, 'provider_unavailable', 'stream_cut'],
  ['malformed in the middle', { fault: { kind: 'malformed', after: 3 } }, 'bad_output', 'malformed_answer'],
  [
    'an error event',
    { fault: { kind: 'error-event', after: 3, code: 'server_error', message: 'Sorry' } },
    'provider_unavailable',
    'provider_error',
  ],
  [
    'a rate-limit event',
    { fault: { kind: 'error-event', after: 3, code: 'rate_limit_exceeded', message: 'Slow' } },
    'rate_limited',
    'provider_rate_limit',
  ],
];
test.each(cut)('never a silent success, and the text before is kept: %s', async (_name, reply, errorClass, reason) => {
  fake.script(reply);
  const { text, failure, end } = await drain(provider.stream(asked, call()));
  expect(text).toBe('Hello 你好 ');
  expect(failure).toMatchObject({ errorClass, reason });
  expect(end).toBeUndefined();
});

test('text before a bad event in the same piece is handed out first', async () => {
  const piece = 'data: {"choices":[{"delta":{"content":"kept"}}]}\n\ndata: {bad\n\n';
  const { text, failure } = await drain(provider.stream(asked, call(cannedRequest([piece]))));
  expect(text).toBe('kept');
  expect(failure).toMatchObject({ errorClass: 'bad_output' });
});

test('several tool calls without text are no answer', async () => {
  const message = { role: 'assistant', content: null, tool_calls: [{ id: 'a' }, { id: 'b' }] };
  const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] });
  await expect(provider.generate(asked, call(cannedRequest([body])))).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason: 'empty_answer',
  });
});

test.each(['[]', '"text"', 'null', '{"choices":"no"}', '{"choices":[null]}', '{"choices":[{"message":"no"}]}'])(
  'odd but valid JSON %s is bad output',
  async (body) => {
    await expect(provider.generate(asked, call(cannedRequest([body])))).rejects.toMatchObject({ errorClass: 'bad_output' });
  },
);

test('an error document with status 200 is still an error', async () => {
  const body = JSON.stringify({ error: { message: 'Provider returned error', code: 429, type: 'rate_limit' } });
  await expect(provider.generate(asked, call(cannedRequest([body])))).rejects.toMatchObject({ errorClass: 'rate_limited' });
});
