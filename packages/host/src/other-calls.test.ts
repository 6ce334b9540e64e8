import type { ModelCall, StepHandle } from '@patchbay/node-kit';
import { bedrockWire, chatWire, type FakeWire, startWire } from '@patchbay/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHost, type Host } from './host.ts';

vi.setConfig({ testTimeout: 60_000 });

let fake: FakeWire;
let bedrock: FakeWire;
let host: Host;
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
});
afterAll(async () => {
  await host.close();
  await Promise.all([fake.close(), bedrock.close()]);
});

function step() {
  const reported: ModelCall[] = [];
  const report: StepHandle['report'] = (call) => void reported.push(call);
  const handle: StepHandle = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report };
  return { reported, models: host.world({ locale: 'en' }).models(handle) };
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
