import type { ChatChunk, ModelCall, StepHandle } from '@patchbay/node-kit';
import { type FakeProvider, type Reply, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHost, type Host, type LogLine } from './host.ts';
import { createOutbound } from './outbound/outbound.ts';

let fake: FakeProvider;
let host: Host;
/** Waits so little that only a provider that hangs is too slow for it. */
let impatient: Host;
const lines: LogLine[] = [];
beforeAll(async () => {
  fake = await startFakeProvider();
  const env = { OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'm', OPENAI_API_KEY: 'key-123456', PATCHBAY_DEMO_DELAY_MS: '0' };
  host = createHost({ env, log: (line) => lines.push(line), now: () => 42, random: () => 0.5 });
  const limits = { firstByteMs: 300, modelFirstByteMs: 300, idleMs: 300 };
  impatient = createHost({ env, outbound: createOutbound({ limits }) });
});
afterAll(async () => {
  await host.close();
  await impatient.close();
  await fake.close();
});
beforeEach(() => {
  fake.calls.length = 0;
});

function step(signal = new AbortController().signal, on = host) {
  const reported: ModelCall[] = [];
  const handle: StepHandle = {
    run: 'run1',
    node: 'reply',
    scope: 'each/2',
    attempt: 1,
    signal,
    report: (call) => void reported.push(call),
  };
  return { handle, reported, models: on.world({ locale: 'en' }).models(handle), http: on.world({ locale: 'en' }).http(handle) };
}
const patienceFor = (reply: Reply): Host => (reply.fault?.kind.startsWith('hang') === true ? impatient : host);
const hello = { model: 'auto', messages: [{ role: 'user' as const, content: 'Hello there friend' }] };

async function drain(stream: AsyncIterable<ChatChunk>, stopAfter = Number.POSITIVE_INFINITY) {
  let text = '';
  let chunks = 0;
  let failure: unknown;
  try {
    for await (const chunk of stream) {
      if (chunk.type === 'text') text += chunk.text;
      chunks += 1;
      if (chunks >= stopAfter) break;
    }
  } catch (error) {
    failure = error;
  }
  return { text, failure };
}

test('where nobody reads along, a stream is one whole answer, asked for as such', async () => {
  fake.script({ text: 'Once and whole' });
  const { handle, reported } = step();
  const models = host.world({ locale: 'en', streaming: false }).models(handle);
  expect(models.whole).toBe(true);
  const chunks: ChatChunk[] = [];
  for await (const chunk of models.stream(hello)) chunks.push(chunk);
  expect(chunks.map((chunk) => chunk.type)).toEqual(['text', 'end']);
  expect(chunks[0]).toMatchObject({ text: 'Once and whole' });
  expect(fake.calls[0]?.body).not.toHaveProperty('stream');
  expect(reported).toHaveLength(1);
});

test('a call is reported with provider, model, tokens and cost', async () => {
  const { models, reported } = step();
  fake.script({ usage: { prompt_tokens: 5, completion_tokens: 6 }, model: 'm-1' });
  expect((await models.chat(hello)).text).toBe('Hello there friend');
  expect(reported).toEqual([
    { calls: 1, inputTokens: 5, outputTokens: 6, costUsd: null, estimated: false, provider: 'openai', model: 'm-1', simulated: false },
  ]);
  expect(fake.calls[0]?.body).toMatchObject({ model: 'm' });
});

test('each call of a step has its own idempotency key; a later attempt has the same ones', async () => {
  const first = step();
  await first.models.chat(hello);
  await drain(first.models.stream(hello));
  await step().models.chat(hello);
  const keys = fake.calls.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual(['run1:each/2:reply:1', 'run1:each/2:reply:2', 'run1:each/2:reply:1']);
});

test('the demo model is reported as simulated and costs nothing', async () => {
  const { models, reported } = step();
  expect((await models.chat({ ...hello, model: 'demo/echo' })).text).toBe('Hello there friend');
  expect(reported).toMatchObject([{ provider: 'demo', model: 'echo', simulated: true, costUsd: 0 }]);
  expect(fake.calls).toHaveLength(0);
});

const failing: [name: string, reply: Reply, expected: object][] = [
  ['hangs before its headers', { fault: { kind: 'hang' } }, { errorClass: 'timeout', reason: 'first_byte_timeout' }],
  ['hangs after its headers', { fault: { kind: 'hang-after-headers', after: 2 } }, { errorClass: 'timeout', reason: 'idle_timeout' }],
  ['resets the connection', { fault: { kind: 'reset' } }, { errorClass: 'provider_unavailable', reason: 'connection_lost' }],
  ['cuts in the middle', { fault: { kind: 'cut', after: 2 } }, { errorClass: 'provider_unavailable', reason: 'connection_lost' }],
  ['sends an endless line', { fault: { kind: 'long-line', bytes: 100 * 1024 * 1024 } }, { errorClass: 'bad_output' }],
  ['sends malformed JSON', { fault: { kind: 'malformed', after: 2 } }, { errorClass: 'bad_output', reason: 'malformed_answer' }],
  ['answers 429', { fault: { kind: 'status', status: 429, retryAfter: '2' } }, { errorClass: 'rate_limited', retryAfterMs: 2_000 }],
  ['answers 500', { fault: { kind: 'status', status: 500 } }, { errorClass: 'provider_unavailable' }],
  ['answers 401', { fault: { kind: 'status', status: 401 } }, { errorClass: 'auth', reason: 'key_rejected' }],
  [
    'redirects elsewhere',
    { fault: { kind: 'redirect', status: 307, location: 'http://127.0.0.1:1/v1' } },
    { errorClass: 'invalid_input', reason: 'address_not_allowed' },
  ],
];
test.each(failing)('a provider that %s fails in its class, whole and streamed, with one call each', async (_name, reply, expected) => {
  const { models } = step(undefined, patienceFor(reply));
  fake.script(reply, reply);
  await expect(models.chat(hello)).rejects.toMatchObject(expected);
  expect((await drain(models.stream(hello))).failure).toMatchObject(expected);
  expect(fake.calls).toHaveLength(2);
});

test('an endless line is not read to its end', async () => {
  const { models } = step();
  fake.script({ fault: { kind: 'long-line', bytes: 100 * 1024 * 1024 } });
  const before = process.memoryUsage().rss;
  await expect(drain(models.stream(hello))).resolves.toMatchObject({ failure: { reason: 'line_too_long' } });
  await expect.poll(() => fake.calls[0]?.aborted, { timeout: 5_000 }).toBe(true);
  expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
});

const billed: [name: string, reply: Reply, expected: object][] = [
  [
    'a refusal with a status did no work',
    { fault: { kind: 'status', status: 500 } },
    { calls: 1, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: true },
  ],
  [
    'a cut stream is estimated by what came',
    { fault: { kind: 'cut', after: 3 } },
    { calls: 1, inputTokens: 9, outputTokens: 3, costUsd: null, estimated: true },
  ],
  [
    'a hanging call is estimated by what was asked',
    { fault: { kind: 'hang' } },
    { calls: 1, inputTokens: 9, outputTokens: 0, estimated: true },
  ],
];
test.each(billed)('failed calls are recorded too: %s', async (_name, reply, expected) => {
  const { models, reported } = step(undefined, patienceFor(reply));
  fake.script(reply);
  await drain(models.stream(hello));
  expect(reported).toHaveLength(1);
  expect(reported[0]).toMatchObject({ ...expected, provider: 'openai', model: 'm', simulated: false });
});

test('a call that never left is not recorded', async () => {
  const { models, reported } = step();
  await expect(models.chat({ ...hello, model: 'nobody/x' })).rejects.toMatchObject({ reason: 'no_connection' });
  await expect(models.chat({ ...hello, model: 'ollama/x' })).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
  expect(reported).toEqual([]);
});

test('a reader that leaves closes the call, which is recorded as estimated', async () => {
  const { models, reported } = step();
  fake.script({ text: 'word '.repeat(500), chunkDelayMs: 10 });
  const { text } = await drain(models.stream(hello), 2);
  expect(text).toBe('word word ');
  expect(reported).toMatchObject([{ calls: 1, estimated: true, provider: 'openai' }]);
  await expect.poll(() => fake.calls[0]?.aborted, { timeout: 5_000 }).toBe(true);
});

test('a stopped step stops its call', async () => {
  const stopping = new AbortController();
  const { models, reported } = step(stopping.signal);
  fake.script({ text: 'word '.repeat(500), chunkDelayMs: 10 });
  const reading = drain(models.stream(hello));
  await fake.waitForCalls(1);
  stopping.abort();
  expect((await reading).failure).toMatchObject({ errorClass: 'cancelled' });
  await expect.poll(() => fake.calls[0]?.aborted, { timeout: 5_000 }).toBe(true);
  expect(reported).toMatchObject([{ estimated: true }]);
});

test('the HTTP of a step is guarded, asks for plain text, and gives a whole answer', async () => {
  const { http } = step();
  const asked = { url: `${fake.url}/models`, method: 'GET' as const, headers: {} };
  await expect(http.request(asked)).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'address_not_allowed' });
  const open = createHost({ env: { PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${fake.port}` } });
  const answer = await open.world({ locale: 'en' }).http(step().handle).request(asked);
  await open.close();
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
  expect(JSON.parse(answer.text)).toMatchObject({ data: [{ id: 'fake-model' }] });
  expect(fake.calls.at(-1)?.headers).toMatchObject({ 'user-agent': 'patchbay', 'accept-encoding': 'identity' });
});

test('clock, chance, language and log are the run’s own', () => {
  const world = host.world({ locale: 'zh-Hans' });
  expect([world.locale, world.now(), world.random()]).toEqual(['zh-Hans', 42, 0.5]);
  world.log(step().handle)('warn', 'slow', { ms: 10 });
  expect(lines).toEqual([{ level: 'warn', message: 'slow', run: 'run1', node: 'reply', fields: { ms: 10 } }]);
});
