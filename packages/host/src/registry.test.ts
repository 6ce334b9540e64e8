import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectionsFromEnvironment } from './connections.ts';
import { createOutbound } from './outbound/outbound.ts';
import { createRegistry, type RegistryOptions } from './registry.ts';

let fake: FakeProvider;
const outbound = createOutbound();
beforeAll(async () => {
  fake = await startFakeProvider({ models: ['best', 'second'] });
});
afterAll(async () => {
  await outbound.close();
  await fake.close();
});
beforeEach(() => {
  fake.calls.length = 0;
});

const open = (env: Record<string, string>, more: Partial<RegistryOptions> = {}) =>
  createRegistry({
    // An Ollama on the machine of the test would be found; one asks for it by its address.
    connections: connectionsFromEnvironment({ OLLAMA_BASE_URL: 'http://127.0.0.1:9/v1', ...env }),
    outbound,
    demoDelayMs: 0,
    defaultModel: undefined,
    prices: undefined,
    ...more,
  });
const choose = async (registry: ReturnType<typeof open>, name: string): Promise<string> => {
  const { route, model } = await registry.choose(name);
  return `${route.provider.id}/${model}`;
};

test.each([
  ['auto', 'demo/auto'],
  ['', 'demo/auto'],
  ['demo', 'demo/auto'],
  ['demo/echo', 'demo/echo'],
])('without connections %j is %s', async (name, expected) => {
  expect(await choose(open({}), name)).toBe(expected);
});

test.each([
  ['auto', 'openai/mine'],
  ['openai', 'openai/mine'],
  ['openai/other', 'openai/other'],
  ['openai/team/model:1', 'openai/team/model:1'],
  ['demo/auto', 'demo/auto'],
  ['ollama/llama3', 'ollama/llama3'],
])('with a connection %j is %s', async (name, expected) => {
  expect(await choose(open({ OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'mine' }), name)).toBe(expected);
});

test('where nobody named a model, the first the provider lists is taken, and asked once', async () => {
  const registry = open({ OPENAI_BASE_URL: fake.url });
  expect(await Promise.all([choose(registry, 'auto'), choose(registry, 'openai')])).toEqual(['openai/best', 'openai/best']);
  expect(await choose(registry, 'auto')).toBe('openai/best');
  expect(fake.calls.map(({ path }) => path)).toEqual(['/v1/models']);
});

test('a provider that was down is asked again the next time', async () => {
  const closed = await startFakeProvider();
  await closed.close();
  const registry = open({ OPENAI_BASE_URL: closed.url });
  await expect(choose(registry, 'auto')).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
  await expect(choose(registry, 'auto')).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
});

test('a workspace’s choice comes before the environment', async () => {
  const registry = open({ OPENAI_BASE_URL: fake.url }, { defaultModel: 'openai/chosen' });
  expect(await choose(registry, 'auto')).toBe('openai/chosen');
});

test.each(['cohere/command', 'gpt-4.1', 'constructor', '__proto__/x'])('%s has no connection, and says which one is missing', (name) => {
  expect(() => open({}).choose(name)).toThrow(
    expect.objectContaining({ errorClass: 'auth', reason: 'no_connection', params: { provider: name.split('/')[0] } }),
  );
});

test('the list holds auto first and the demo models last', async () => {
  expect(await open({ OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'mine' }).list()).toEqual([
    { id: 'auto', provider: 'openai', simulated: false },
    { id: 'openai/mine', provider: 'openai', simulated: false },
    { id: 'openai/best', provider: 'openai', simulated: false },
    { id: 'openai/second', provider: 'openai', simulated: false },
    { id: 'demo/auto', provider: 'demo', simulated: true },
    { id: 'demo/echo', provider: 'demo', simulated: true },
  ]);
  expect((await open({}).list())[0]).toEqual({ id: 'auto', provider: 'demo', simulated: true });
});

test('a list is asked for once, however often the picker opens; a silent provider only loses its own part', async () => {
  const registry = open({ OPENAI_BASE_URL: fake.url });
  await Promise.all([await registry.list(), await registry.list()]);
  expect(fake.calls).toHaveLength(1);
  const closed = await startFakeProvider();
  await closed.close();
  const down = open({ OPENAI_BASE_URL: closed.url, MISTRAL_BASE_URL: fake.url });
  expect((await down.list()).map(({ id }) => id)).toEqual(['auto', 'mistral/best', 'mistral/second', 'demo/auto', 'demo/echo']);
});

test('an Ollama that answers is offered, never meant by auto', async () => {
  const registry = open({ OLLAMA_BASE_URL: fake.url }, { foundMs: 20_000 });
  expect((await registry.list()).map(({ id }) => id)).toEqual(['auto', 'ollama/best', 'ollama/second', 'demo/auto', 'demo/echo']);
  expect(await choose(registry, 'auto')).toBe('demo/auto');
});

test('what is not set up and does not answer at once is not waited for', async () => {
  const silent = await startFakeProvider({ silentLists: true });
  const registry = open({ OLLAMA_BASE_URL: silent.url });
  expect((await registry.list()).map(({ id }) => id)).toEqual(['auto', 'demo/auto', 'demo/echo']);
  await silent.close();
});
