import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionSource, WorkspaceAccess } from './connection-source.ts';
import { createHost } from './host.ts';
import { openStored } from './stored-connection.ts';

let fake: FakeProvider;
let other: FakeProvider;
beforeAll(async () => {
  fake = await startFakeProvider({ models: ['best'] });
  other = await startFakeProvider({ models: ['theirs'] });
});
afterAll(async () => {
  await fake.close();
  await other.close();
});
beforeEach(() => {
  fake.calls.length = 0;
  other.calls.length = 0;
});

const stored = (name: string, baseUrl: string, apiKey?: string) => {
  const connection = openStored({ name, provider: 'custom', baseUrl, apiKey, model: undefined });
  if (connection === undefined) throw new Error('no address');
  return connection;
};
const access = (connections: WorkspaceAccess['connections'], more: Partial<WorkspaceAccess> = {}): WorkspaceAccess => ({
  connections,
  defaultModel: undefined,
  faults: new Map(),
  reserved: new Set(),
  ...more,
});

function hostWith(find: ConnectionSource['access'], env: Record<string, string> = {}) {
  const host = createHost({ env: { PATCHBAY_DEMO_DELAY_MS: '0', ...env }, source: { access: find, secret: async () => undefined } });
  const ask = async (model: string, workspaceId = 'ws_1') => {
    const reported: { provider: string; model: string }[] = [];
    const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal };
    const handle = { ...step, report: (call: { provider: string; model: string }) => void reported.push(call) };
    await host
      .world({ locale: 'en', workspace: workspaceId })
      .models(handle)
      .chat({ model, messages: [{ role: 'user', content: 'Hi' }] });
    return `${reported[0]?.provider}/${reported[0]?.model}`;
  };
  return { host, ask };
}

test('each workspace has its own connections, and those of the environment', async () => {
  const mine = access([stored('mine', fake.url, 'key-mine')]);
  const { host, ask } = hostWith((id) => (id === 'ws_1' ? mine : access([])), { OPENAI_BASE_URL: other.url, OPENAI_MODEL: 'env' });
  expect(await ask('auto')).toBe('mine/best');
  expect(await ask('mine/other')).toBe('mine/other');
  expect(await ask('openai')).toBe('openai/env');
  expect(await ask('auto', 'ws_2')).toBe('openai/env');
  await expect(ask('mine/best', 'ws_2')).rejects.toMatchObject({ reason: 'no_connection' });
  expect(fake.calls.every(({ headers }) => headers.authorization === 'Bearer key-mine')).toBe(true);
  expect((await host.models('ws_1')).map(({ id }) => id)).toEqual([
    'auto',
    'mine/best',
    'openai/env',
    'openai/theirs',
    'demo/auto',
    'demo/echo',
  ]);
  expect((await host.models('ws_2')).map(({ id }) => id)).not.toContain('mine/best');
  expect((await host.models()).map(({ id }) => id)).not.toContain('mine/best');
  await host.close();
});

test('a stored connection goes before one of the environment with its name; a default model before both', async () => {
  let now = access([stored('openai', fake.url)]);
  const { host, ask } = hostWith(async () => now, { OPENAI_BASE_URL: other.url, OPENAI_MODEL: 'env' });
  expect(await ask('openai')).toBe('openai/best');
  now = access(now.connections, { defaultModel: 'demo/echo' });
  expect(await ask('auto')).toBe('demo/echo');
  now = access([]);
  expect(await ask('auto')).toBe('openai/env');
  await host.close();
});

test('while nothing changes the list of models is asked for once', async () => {
  const same = access([stored('mine', fake.url)]);
  const { host, ask } = hostWith(() => same);
  await ask('auto');
  await ask('auto');
  expect(fake.calls.filter(({ path }) => path === '/v1/models')).toHaveLength(1);
  await host.close();
});

test('a connection that cannot be opened fails by its reason: nothing is sent and no other model answers instead', async () => {
  const locked = { ...stored('mine', fake.url), model: 'none' };
  const { host, ask } = hostWith(() => access([locked], { faults: new Map([['mine', 'secrets_locked']]) }), { OPENAI_BASE_URL: other.url });
  for (const model of ['auto', 'mine', 'mine/best'])
    await expect(ask(model)).rejects.toMatchObject({ errorClass: 'auth', reason: 'secrets_locked' });
  expect(await ask('openai/theirs')).toBe('openai/theirs');
  expect((await host.models('ws_1')).map(({ id }) => id)).toEqual(['auto', 'openai/theirs', 'demo/auto', 'demo/echo']);
  expect(fake.calls).toEqual([]);
  await host.close();
});

test.each([
  ['openai', undefined, 'https://api.openai.com/v1', false, 'openai'],
  ['openai', 'https://proxy.example/v1', 'https://proxy.example/v1', true, undefined],
  ['anthropic', 'https://proxy.example', 'https://proxy.example/v1', true, undefined],
  ['google', undefined, 'https://generativelanguage.googleapis.com/v1beta', false, 'google'],
  ['groq', undefined, 'https://api.groq.com/openai/v1', false, undefined],
  ['ollama', undefined, 'http://127.0.0.1:11434/v1', true, undefined],
])('%s at %s is reached at %s', (provider, baseUrl, address, privateAllowed, tableProvider) => {
  const connection = openStored({ name: 'x', provider, baseUrl, apiKey: 'k', model: undefined });
  expect(connection).toMatchObject({ id: 'x', baseUrl: address, privateAllowed, apiKey: 'k' });
  expect(connection?.tableProvider).toBe(tableProvider);
});

test('without an address there is no connection', () => {
  for (const provider of ['custom', 'constructor', ''])
    expect(openStored({ name: 'x', provider, baseUrl: undefined, apiKey: 'k', model: undefined })).toBeUndefined();
});
