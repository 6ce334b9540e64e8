import type { ModelCall, StepHandle } from '@patchbay/node-kit';
import { bedrockWire, chatWire, type FakeWire, startWire } from '@patchbay/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHost, type Host } from './host.ts';
import { createPurse, type Purse } from './limits/purse.ts';

vi.setConfig({ testTimeout: 60_000 });

let fake: FakeWire;
let bedrock: FakeWire;
let host: Host;
/** One that does everything but rank. */
let openai: Host;
beforeAll(async () => {
  fake = await startWire(chatWire, { secrets: { apiKey: 'k-1234567' } });
  bedrock = await startWire(bedrockWire, { secrets: { accessKeyId: 'AKIA', secretAccessKey: 'secret-12345', region: 'eu-central-1' } });
  host = createHost({
    env: {
      ANTHROPIC_API_KEY: 'k-1234567',
      ANTHROPIC_BASE_URL: fake.origin,
      MISTRAL_API_KEY: 'k-1234567',
      MISTRAL_BASE_URL: `${fake.origin}/v1`,
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'secret-12345',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.origin,
    },
  });
  const connection = { id: 'openai', baseUrl: `${fake.origin}/v1`, apiKey: 'k-1234567' };
  openai = createHost({
    connections: [{ ...connection, family: 'openai', tableProvider: 'openai', privateAllowed: true, auto: true }],
    // A dollar for a thousand tokens of output.
    env: { PATCHBAY_PRICES: 'openai/drawing=0/1000,openai/reading=0/1000' },
  });
});
afterAll(async () => {
  await host.close();
  await openai.close();
  await Promise.all([fake.close(), bedrock.close()]);
});

function step(on = host, purses: Purse[] = [], signal = new AbortController().signal) {
  const reported: ModelCall[] = [];
  const report: StepHandle['report'] = (call) => void reported.push(call);
  const handle: StepHandle = { run: 'r', node: 'n', scope: '', attempt: 1, signal, report };
  return { reported, models: on.world({ locale: 'en', purses }).models(handle) };
}

test('auto is the first connection that does it, with its usual model, and the call is told', async () => {
  const { models, reported } = step();
  expect((await models.embed?.({ model: 'auto', texts: ['a', 'bc'] }))?.vectors).toHaveLength(2);
  expect(reported).toMatchObject([{ calls: 1, provider: 'mistral', model: 'mistral-embed', outputTokens: 0, simulated: false }]);
  expect((await models.moderate?.({ model: 'auto', texts: ['bad'] }))?.verdicts).toMatchObject([{ flagged: true }]);
});

test('a provider alone is its usual model; a model by name is that one', async () => {
  const { models, reported } = step();
  await models.embed?.({ model: 'bedrock', texts: ['a'] });
  await models.rerank?.({ model: 'bedrock/amazon.rerank-v1:0', query: 'q', documents: ['a', 'b'] });
  expect(reported.map(({ model }) => model)).toEqual(['amazon.titan-embed-text-v2:0', 'amazon.rerank-v1:0']);
});

test.each([
  ['anthropic/claude', 'no_embed', 'anthropic'],
  ['anthropic', 'no_embed', 'anthropic'],
  ['nobody/x', 'no_connection', 'nobody'],
])('%s says plainly what is missing', async (model, reason, provider) => {
  const { models, reported } = step();
  await expect(models.embed?.({ model, texts: ['a'] })).rejects.toMatchObject({ reason, params: { provider } });
  expect(reported).toEqual([]);
});

test('where no connection does it, auto says so', async () => {
  await expect(step().models.rerank?.({ model: 'demo', query: 'x', documents: [] })).rejects.toMatchObject({ reason: 'no_rerank' });
  const alone = createHost({ env: {} });
  const handle: StepHandle = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report: () => undefined };
  await expect(
    alone
      .world({ locale: 'en' })
      .models(handle)
      .embed?.({ model: 'auto', texts: ['a'] }),
  ).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'no_embed',
    params: { provider: 'demo' },
  });
  await alone.close();
});

test('a refused call is told as one that cost nothing', async () => {
  fake.script({ fault: { kind: 'refuse', as: 'rate_limited' } });
  const { models, reported } = step();
  await expect(models.embed?.({ model: 'mistral', texts: ['hello'] })).rejects.toMatchObject({ errorClass: 'rate_limited' });
  expect(reported).toMatchObject([{ inputTokens: 0, costUsd: 0 }]);
});

const audio = { type: 'media' as const, mediaType: 'audio/mpeg', base64: 'SUQzBAAAAAAAAA==' };

test('each kind of call is told with its tokens and its money, once', async () => {
  const { models, reported } = step(openai);
  await models.embed?.({ model: 'openai/text-embedding-3-small', texts: ['a'] });
  await models.image?.({ model: 'openai/gpt-image-1', prompt: 'A cat' });
  await models.speech?.({ model: 'openai/gpt-4o-mini-tts', text: 'Hello' });
  await models.transcribe?.({ model: 'openai/whisper-1', audio });
  await models.moderate?.({ model: 'openai/omni-moderation-latest', texts: ['a'] });
  expect(reported.map(({ calls, model }) => [calls, model])).toEqual(
    ['text-embedding-3-small', 'gpt-image-1', 'gpt-4o-mini-tts', 'whisper-1', 'omni-moderation-latest'].map((model) => [1, model]),
  );
  expect(reported.slice(0, 4).map(({ costUsd }) => (costUsd ?? 0) > 0)).toEqual([true, true, true, true]);
  expect(reported[3]).toMatchObject({ audioSeconds: 2 });
});

test('a picture that could be too dear is not asked for, and one that is made is counted', async () => {
  const made = { model: 'openai/drawing', prompt: 'A cat' };
  const small = createPurse({ name: 'run', period: 'run', limitUsd: 1 });
  const poor = step(openai, [small]);
  await expect(poor.models.image?.(made)).rejects.toMatchObject({ errorClass: 'budget_exceeded' });
  expect(poor.reported).toEqual([]);
  const large = createPurse({ name: 'run', period: 'run', limitUsd: 10 });
  await step(openai, [large]).models.image?.(made);
  // The fake says 22 tokens.
  expect(large.spentUsd()).toBeCloseTo(0.022);
});

test('what is stopped may have been done: it is counted as it usually comes out', async () => {
  fake.script({ fault: { kind: 'hang' } });
  const purse = createPurse({ name: 'run', period: 'run', limitUsd: 100 });
  const stop = new AbortController();
  const { models, reported } = step(openai, [purse], stop.signal);
  const before = fake.calls.length;
  const asking = models.speech?.({ model: 'openai/reading', text: 'a'.repeat(150) });
  await vi.waitFor(() => expect(fake.calls.length).toBe(before + 1), { timeout: 20_000 });
  stop.abort();
  await expect(asking).rejects.toThrow();
  expect(reported).toMatchObject([{ calls: 1, estimated: true, outputTokens: 250, costUsd: 0.25 }]);
  expect(purse.spentUsd()).toBeCloseTo(0.25);
});
