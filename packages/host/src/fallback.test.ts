import type { ChatChunk, ModelCall, StepHandle } from '@patchbay/node-kit';
import { type FakeProvider, type Reply, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHost, type Host } from './host.ts';

let first: FakeProvider;
let second: FakeProvider;
let host: Host;
beforeAll(async () => {
  [first, second] = await Promise.all([startFakeProvider(), startFakeProvider()]);
  const env = { OPENAI_BASE_URL: first.url, OPENAI_MODEL: 'one', DEEPSEEK_BASE_URL: second.url, DEEPSEEK_API_KEY: 'k' };
  host = createHost({ env: { ...env, PATCHBAY_AUTO_MODELS: 'openai, nobody/model, deepseek/two , demo/echo' } });
});
afterAll(async () => {
  await host.close();
  await Promise.all([first.close(), second.close()]);
});
beforeEach(() => {
  first.calls.length = 0;
  second.calls.length = 0;
});

function step() {
  const reported: ModelCall[] = [];
  const report: StepHandle['report'] = (call) => void reported.push(call);
  const handle: StepHandle = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report };
  return { reported, models: host.world({ locale: 'en' }).models(handle) };
}
const asked = (model: string) => ({ model, messages: [{ role: 'user' as const, content: 'Hello there' }] });
async function read(stream: AsyncIterable<ChatChunk>): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (chunk.type === 'text') text += chunk.text;
  return text;
}
const down: Reply = { fault: { kind: 'status', status: 503 } };
const full: Reply = { fault: { kind: 'status', status: 429 } };
const refused: Reply = { fault: { kind: 'status', status: 401 } };
const wrong: Reply = { fault: { kind: 'status', status: 400 } };

test('auto means the first of the list while it answers', async () => {
  const { models, reported } = step();
  await models.chat(asked('auto'));
  expect(reported.map(({ provider, model }) => `${provider}/${model}`)).toEqual(['openai/one']);
});

test.each([
  ['is down', down],
  ['is at its limit', full],
  ['does not accept us', refused],
])('where the first %s the next that is connected is asked, whole and streamed, and both calls are told', async (_name, reply) => {
  first.script(reply, reply);
  const { models, reported } = step();
  expect(await models.chat(asked('auto'))).toMatchObject({ text: 'Hello there' });
  expect(await read(models.stream(asked('')))).toBe('Hello there');
  expect(reported.map(({ provider }) => provider)).toEqual(['openai', 'deepseek', 'openai', 'deepseek']);
});

test('the list is gone through to its end', async () => {
  first.script(down);
  second.script(full);
  const { models, reported } = step();
  expect(await models.chat(asked('auto'))).toMatchObject({ text: 'Hello there', simulated: true });
  expect(reported.at(-1)).toMatchObject({ provider: 'demo', simulated: true });
});

test('what another provider would refuse as well is not asked again', async () => {
  first.script(wrong);
  await expect(step().models.chat(asked('auto'))).rejects.toMatchObject({ errorClass: 'invalid_input' });
  expect(second.calls).toHaveLength(0);
});

test('a model that is named has no fallback', async () => {
  first.script(down);
  await expect(step().models.chat(asked('openai/one'))).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
  expect(second.calls).toHaveLength(0);
});

test('a stream that has begun is not begun again elsewhere', async () => {
  first.script({ fault: { kind: 'early-end', after: 3 } });
  await expect(read(step().models.stream(asked('auto')))).rejects.toMatchObject({ reason: 'stream_cut' });
  expect(second.calls).toHaveLength(0);
});
