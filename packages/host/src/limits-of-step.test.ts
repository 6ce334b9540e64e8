import type { ChatChunk, ModelCall, StepHandle } from '@patchbay/node-kit';
import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHost, type Host, type WorldOptions } from './host.ts';
import { createPurse } from './limits/purse.ts';

let fake: FakeProvider;
let host: Host;
beforeAll(async () => {
  fake = await startFakeProvider();
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.calls.length = 0;
  host = makeHost();
});

const hour = 3_600_000;
/** A dollar per million tokens of input, ten of output. */
const makeHost = (more: Record<string, string> = {}): Host =>
  createHost({
    env: { OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'm', PATCHBAY_PRICES: 'openai/m=1/10', PATCHBAY_DEMO_DELAY_MS: '0', ...more },
  });

function step(world: Partial<WorldOptions> & { attempt?: number; signal?: AbortSignal; on?: Host } = {}) {
  const { attempt = 1, signal = new AbortController().signal, on = host, ...options } = world;
  const reported: ModelCall[] = [];
  const handle: StepHandle = { run: 'r', node: 'n', scope: '', attempt, signal, report: (call) => void reported.push(call) };
  return { reported, models: on.world({ locale: 'en', workspace: 'ws', ...options }).models(handle) };
}
const asking = (content = 'Hello there friend', cacheMs = hour) => ({
  model: 'auto',
  messages: [{ role: 'user' as const, content }],
  cacheMs,
});

async function read(stream: AsyncIterable<ChatChunk>): Promise<ChatChunk[]> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
const textOf = (chunks: ChatChunk[]): string => chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join('');

test('an equal question is asked once; the second costs nothing and says what it saved', async () => {
  const first = step();
  const second = step();
  const answer = await first.models.chat(asking());
  const again = await second.models.chat(asking());
  expect(fake.calls).toHaveLength(1);
  expect(fake.calls[0]?.body).not.toHaveProperty('cacheMs');
  expect(again).toEqual({ ...answer, usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false } });
  const cost = first.reported[0]?.costUsd ?? 0;
  expect(cost).toBeGreaterThan(0);
  expect(second.reported).toMatchObject([{ calls: 0, costUsd: 0, cacheHits: 1, savedUsd: cost, provider: 'openai', model: 'm' }]);
});

test('a stream and a whole answer share what is kept, and a kept answer streams', async () => {
  const text = '你好 🌏 '.repeat(100);
  fake.script({ text });
  expect(textOf(await read(step().models.stream(asking('long'))))).toBe(text);
  const replayed = await read(step().models.stream(asking('long')));
  expect(textOf(replayed)).toBe(text);
  expect(replayed.length).toBeGreaterThan(3);
  expect(replayed.at(-1)).toMatchObject({ type: 'end', finishReason: 'stop' });
  expect((await step().models.chat(asking('long'))).text).toBe(text);
  expect(fake.calls).toHaveLength(1);
});

const different: [what: string, change: object, world?: Partial<WorldOptions>][] = [
  ['other words', { messages: [{ role: 'user', content: 'Hello there, friend' }] }],
  ['another role', { messages: [{ role: 'assistant', content: 'Hello there friend' }] }],
  ['another model', { model: 'openai/m2' }],
  ['a temperature', { temperature: 0 }],
  ['a longest answer', { maxOutputTokens: 5 }],
  ['a schema', { schema: { type: 'object' } }],
  ['a task', { task: { kind: 'chat' } }],
  ['another workspace', {}, { workspace: 'ws_other' }],
];
test.each(different)('%s is another question', async (_what, change, world) => {
  await step().models.chat(asking());
  await step(world).models.chat({ ...asking(), ...change });
  expect(fake.calls).toHaveLength(2);
  await step().models.chat(asking());
  expect(fake.calls).toHaveLength(2);
});

test('another address is another provider, whatever its name', async () => {
  const rows = new Map<string, { answer: string; expiresAt: number }>();
  const answerStore = {
    read: async (_: string, key: string) => rows.get(key),
    write: async (_: string, key: string, stored: { answer: string; expiresAt: number }) => void rows.set(key, stored),
  };
  const at = (url: string) => createHost({ env: { OPENAI_BASE_URL: url, OPENAI_MODEL: 'm' }, answerStore });
  await step({ on: at(fake.url) }).models.chat(asking());
  await step({ on: at(fake.url) }).models.chat(asking());
  expect(fake.calls).toHaveLength(1);
  await step({ on: at(fake.url.replace('127.0.0.1', 'localhost')) }).models.chat(asking());
  expect(fake.calls).toHaveLength(2);
});

test('without the setting every call is made', async () => {
  for (let turn = 0; turn < 3; turn += 1) await step().models.chat(asking('x', 0));
  expect(fake.calls).toHaveLength(3);
});

test('a hundred equal calls at once are one', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => step().models.chat(asking('all at once'))));
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['all at once']));
  expect(fake.calls).toHaveLength(1);
});

test('failures and cut streams are not kept, and who waited asks anew', async () => {
  fake.script({ fault: { kind: 'status', status: 500 } }, { text: 'fine' });
  const both = await Promise.allSettled([step().models.chat(asking('bad')), step().models.chat(asking('bad'))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  fake.calls.length = 0;
  fake.script({ fault: { kind: 'cut', after: 2 } }, { text: 'whole' });
  await expect(read(step().models.stream(asking('cut')))).rejects.toMatchObject({ reason: 'connection_lost' });
  expect(textOf(await read(step().models.stream(asking('cut'))))).toBe('whole');
  expect(fake.calls).toHaveLength(2);
});

test('a reader that leaves keeps nothing and hands the call on', async () => {
  fake.script({ text: 'word '.repeat(50) }, { text: 'whole' });
  for await (const _ of step().models.stream(asking('left'))) break;
  expect((await step().models.chat(asking('left'))).text).toBe('whole');
});

test('a second attempt asks anew, and its answer is the one that is kept', async () => {
  fake.script({ text: 'bad' }, { text: 'good' });
  await step().models.chat(asking('judge'));
  expect((await step({ attempt: 2 }).models.chat(asking('judge'))).text).toBe('good');
  expect((await step().models.chat(asking('judge'))).text).toBe('good');
  expect(fake.calls).toHaveLength(2);
});

test('an answer of the demo model stays marked as simulated', async () => {
  const demo = { ...asking('demo'), model: 'demo/echo' };
  await step().models.chat(demo);
  const again = step();
  expect(await again.models.chat(demo)).toMatchObject({ simulated: true });
  expect(again.reported).toMatchObject([{ simulated: true, cacheHits: 1, savedUsd: 0 }]);
});

test('calls of one model wait for each other where there is a limit', async () => {
  const narrow = makeHost({ PATCHBAY_MAX_CALLS_PER_MODEL: '2' });
  fake.script(...Array.from({ length: 6 }, () => ({ delayMs: 30 })));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, fake.calls.length - done);
  }, 2);
  let done = 0;
  await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      await step({ on: narrow }).models.chat(asking(`call ${index}`, 0));
      done += 1;
    }),
  );
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(2);
  expect(fake.calls).toHaveLength(6);
  await narrow.close();
});

test('who is stopped while it waits for its turn was never called and never billed', async () => {
  const narrow = makeHost({ PATCHBAY_MAX_CALLS_PER_MODEL: '1' });
  fake.script({ fault: { kind: 'hang' } });
  const first = new AbortController();
  const holding = step({ on: narrow, signal: first.signal }).models.chat(asking('a', 0));
  await fake.waitForCalls(1);
  const second = new AbortController();
  const waiting = step({ on: narrow, signal: second.signal });
  const refused = waiting.models.chat(asking('b', 0));
  second.abort();
  await expect(refused).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect(waiting.reported).toEqual([]);
  first.abort();
  await expect(holding).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect(await step({ on: narrow }).models.chat(asking('c', 0))).toMatchObject({ text: 'c' });
  expect(fake.calls).toHaveLength(2);
  await narrow.close();
});

/** One call reckons with 7 tokens of input or so and the given longest answer. */
const spending = (content: string, maxOutputTokens: number) => ({ ...asking(content, 0), maxOutputTokens });

test('a call is made only if the most it may cost is left in every budget', async () => {
  const run = createPurse({ name: 'run', period: 'run', limitUsd: 0.01 });
  const key = createPurse({ name: 'key', period: 'day', limitUsd: 0.003 });
  const { models } = step({ purses: [run, key] });
  fake.script({ usage: { prompt_tokens: 10, completion_tokens: 200 } });
  await models.chat(spending('fits', 250));
  expect([run.spentUsd(), key.spentUsd()]).toEqual([0.00201, 0.00201]);
  await expect(models.chat(spending('no more', 250))).rejects.toMatchObject({
    errorClass: 'budget_exceeded',
    reason: 'key_day_budget',
    params: { limit: '$0.003', spent: '$0.002' },
  });
  await expect(models.chat(spending('too much for all', 5_000))).rejects.toMatchObject({ reason: 'run_budget_small' });
  expect(fake.calls).toHaveLength(1);
});

test('streams, failures and stopped calls are settled too', async () => {
  const run = createPurse({ name: 'run', period: 'run', limitUsd: 1 });
  fake.script(
    { usage: { prompt_tokens: 0, completion_tokens: 1_000 } },
    { fault: { kind: 'status', status: 500 } },
    { text: 'word '.repeat(99) },
  );
  await read(step({ purses: [run] }).models.stream(spending('a', 10)));
  expect(run.spentUsd()).toBeCloseTo(0.01);
  await expect(step({ purses: [run] }).models.chat(spending('b', 10))).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
  expect(run.spentUsd()).toBeCloseTo(0.01);
  for await (const _ of step({ purses: [run] }).models.stream(spending('c', 10))) break;
  expect(run.spentUsd()).toBeGreaterThan(0.01);
  const before = run.spentUsd();
  const stop = new AbortController();
  fake.script({ fault: { kind: 'hang' } });
  const hanging = step({ purses: [run], signal: stop.signal }).models.chat(spending('d', 10));
  await fake.waitForCalls(4);
  stop.abort();
  await expect(hanging).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect(run.spentUsd()).toBeGreaterThan(before);
  // All of what is left can be set aside: nothing is held back any more.
  const rest = Math.floor(((1 - run.spentUsd()) * 1_000_000) / 10) - 10;
  await step({ purses: [run] }).models.chat(spending('e', rest));
});

test('a hundred calls at once do not overspend; those that fit are made', async () => {
  const workspace = createPurse({ name: 'workspace', period: 'day', limitUsd: 0.02 });
  fake.script(...Array.from({ length: 100 }, () => ({ usage: { prompt_tokens: 0, completion_tokens: 100 }, delayMs: 2 })));
  const calls = await Promise.allSettled(Array.from({ length: 100 }, () => step({ purses: [workspace] }).models.chat(spending('x', 150))));
  const made = calls.filter(({ status }) => status === 'fulfilled').length;
  expect(made).toBe(fake.calls.length);
  // A cent pays ten calls; the last is not made, since it might cost half as much again.
  expect(made).toBeGreaterThanOrEqual(19);
  expect(workspace.spentUsd()).toBeLessThanOrEqual(0.02);
  for (const call of calls) if (call.status === 'rejected') expect(call.reason).toMatchObject({ errorClass: 'budget_exceeded' });
});

test('a model without a price is not counted', async () => {
  const run = createPurse({ name: 'run', period: 'run', limitUsd: 0 });
  const free = createHost({ env: { OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'm' } });
  expect(await step({ purses: [run], on: free }).models.chat(asking('unpriced', 0))).toMatchObject({ text: 'unpriced' });
  expect((await step({ purses: [run] }).models.chat({ ...asking('free', 0), model: 'demo/echo' })).text).toBe('free');
  await expect(step({ purses: [run] }).models.chat(asking('priced', 0))).rejects.toMatchObject({ reason: 'run_budget_small' });
});
