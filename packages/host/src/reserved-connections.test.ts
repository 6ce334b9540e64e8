import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { WorkspaceAccess } from './connection-source.ts';
import { createHost, type Host } from './host.ts';
import { openStored } from './stored-connection.ts';

let fake: FakeProvider;
beforeAll(async () => {
  fake = await startFakeProvider({ models: ['best'] });
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.calls.length = 0;
});

interface Workspace {
  /** Names of stored connections, in order. */
  stored?: string[];
  reserved?: string[];
  defaultModel?: string;
  env?: Record<string, string>;
  defaultOfHost?: string;
}

function open({ stored = [], reserved = [], defaultModel, env = {}, defaultOfHost }: Workspace): Host {
  const connections = stored.flatMap((name) => openStored({ name, provider: 'custom', baseUrl: fake.url, apiKey: 'k', model: 'm' }) ?? []);
  const access: WorkspaceAccess = { connections, defaultModel, faults: new Map(), reserved: new Set(reserved) };
  return createHost({
    env: { PATCHBAY_DEMO_DELAY_MS: '0', ...env },
    ...(defaultOfHost === undefined ? {} : { defaultModel: defaultOfHost }),
    source: {
      access: () => access,
      secret: async (_workspace, name) => ({ value: 'v', origin: 'https://crm.example', reserved: name === 'theirs' }),
    },
  });
}

const stepOf = (report: (call: { provider: string; model: string }) => void = () => undefined) => ({
  run: 'r',
  node: 'n',
  scope: '',
  attempt: 1,
  signal: new AbortController().signal,
  report,
});

/** Who answers, as `connection/model`, or the reason why nobody does. */
async function ask(host: Host, model: string, manages: boolean): Promise<string> {
  const reported: string[] = [];
  const step = stepOf(({ provider, model }) => void reported.push(`${provider}/${model}`));
  const { chat } = host.world({ locale: 'en', workspace: 'ws_1', manages }).models(step);
  try {
    await chat({ model, messages: [{ role: 'user', content: 'Hi' }] });
    return reported[0] ?? '';
  } catch (error) {
    const { errorClass, reason, params } = error as { errorClass: string; reason: string; params: object };
    return `${errorClass} ${reason} ${JSON.stringify(params)}`;
  }
}
const reserved = (connection: string): string => `auth connection_reserved {"connection":"${connection}"}`;
const OPENAI = { OPENAI_API_KEY: 'k', OPENAI_MODEL: 'env' };

const cases: [name: string, workspace: Workspace, model: string, manager: string, other: string][] = [
  ['a name', { stored: ['a', 'b'], reserved: ['a'] }, 'a', 'a/m', reserved('a')],
  ['a name with a model', { stored: ['a', 'b'], reserved: ['a'] }, 'a/x', 'a/x', reserved('a')],
  ['the name of one for everyone', { stored: ['a', 'b'], reserved: ['a'] }, 'b', 'b/m', 'b/m'],
  ['auto passes over it', { stored: ['a', 'b'], reserved: ['a'] }, 'auto', 'a/m', 'b/m'],
  ['no name is auto', { stored: ['a', 'b'], reserved: ['a'] }, '', 'a/m', 'b/m'],
  ['auto, chosen by the workspace', { stored: ['a', 'b'], reserved: ['b'], defaultModel: 'b/x' }, 'auto', 'b/x', 'a/m'],
  ['auto, chosen for everyone', { stored: ['a', 'b'], reserved: ['a'], defaultModel: 'b/x' }, 'auto', 'b/x', 'b/x'],
  ['auto, chosen by the operator', { stored: ['a', 'b'], reserved: ['a'], defaultModel: 'a', defaultOfHost: 'b/y' }, 'auto', 'a/m', 'b/y'],
  ['auto with nothing else left', { stored: ['a'], reserved: ['a'] }, 'auto', 'a/m', reserved('a')],
  ['auto, chosen, with nothing else left', { stored: ['a', 'b'], reserved: ['a', 'b'], defaultModel: 'b' }, 'auto', 'b/m', reserved('b')],
  ['auto where the demo model was chosen', { stored: ['a'], reserved: ['a'], defaultModel: 'demo/echo' }, 'auto', 'demo/echo', 'demo/echo'],
  [
    'one in the place of the environment’s',
    { stored: ['openai'], reserved: ['openai'], env: OPENAI },
    'openai',
    'openai/m',
    reserved('openai'),
  ],
  ['auto with nothing else but Ollama', { stored: ['a'], reserved: ['a'], env: {} }, 'auto', 'a/m', reserved('a')],
];

test.each(cases)('%s', async (_name, workspace, model, manager, other) => {
  const host = open(workspace);
  expect(await ask(host, model, true)).toBe(manager);
  const before = fake.calls.length;
  expect(await ask(host, model, false)).toBe(other);
  if (other.startsWith('auth')) expect(fake.calls.length).toBe(before);
  await host.close();
});

test('who is not said to manage does not', async () => {
  const host = open({ stored: ['a'], reserved: ['a'] });
  const models = host.world({ locale: 'en', workspace: 'ws_1' }).models(stepOf());
  await expect(models.chat({ model: 'a', messages: [] })).rejects.toMatchObject({ reason: 'connection_reserved' });
  await expect(models.embed?.({ model: 'a/e', texts: ['x'] })).rejects.toMatchObject({ reason: 'connection_reserved' });
  await host.close();
});

test('lists hold what may be used', async () => {
  const host = open({ stored: ['a', 'b'], reserved: ['a'] });
  const idsOf = async (manages: boolean) => (await host.models('ws_1', manages)).map(({ id }) => id);
  expect(await idsOf(true)).toEqual(expect.arrayContaining(['auto', 'a/m', 'b/m', 'demo/auto']));
  expect(await idsOf(false)).toEqual(expect.not.arrayContaining(['a/m']));
  expect((await host.models('ws_1', false)).find(({ id }) => id === 'auto')).toMatchObject({ provider: 'b', simulated: false });
  await host.close();
  const alone = open({ stored: ['a'], reserved: ['a'] });
  expect((await alone.models('ws_1', false)).map(({ id }) => id)).not.toContain('auto');
  await alone.close();
});

test('a rehearsal fails where the run would', async () => {
  const host = open({ stored: ['a', 'b'], reserved: ['a'] });
  const rehearse = (model: string, manages: boolean) =>
    host.rehearsal({ locale: 'en', workspace: 'ws_1', manages }).models(stepOf()).chat({ model, messages: [] });
  expect(await rehearse('a', true)).toMatchObject({ model: 'm' });
  await expect(rehearse('a', false)).rejects.toMatchObject({ errorClass: 'auth', reason: 'connection_reserved' });
  expect(await rehearse('auto', false)).toMatchObject({ model: 'm', simulated: false });
  const send = (manages: boolean) =>
    host
      .rehearsal({ locale: 'en', workspace: 'ws_1', manages })
      .http(stepOf())
      .request({ url: 'https://crm.example', method: 'GET', headers: {}, secrets: { authorization: 'theirs' } });
  await expect(send(false)).rejects.toMatchObject({ reason: 'secret_reserved' });
  await expect(send(true)).rejects.toMatchObject({ reason: 'rehearsal' });
  await host.close();
});

test('a secret of theirs is not opened, before anything is sent', async () => {
  const host = open({});
  const send = (secret: string, manages: boolean) =>
    host
      .world({ locale: 'en', workspace: 'ws_1', manages })
      .http(stepOf())
      .request({ url: 'https://elsewhere.example', method: 'GET', headers: {}, secrets: { authorization: secret } });
  await expect(send('theirs', false)).rejects.toMatchObject({
    errorClass: 'auth',
    reason: 'secret_reserved',
    params: { secret: 'theirs' },
  });
  // Whoever may use it comes as far as the origin it is bound to.
  await expect(send('theirs', true)).rejects.toMatchObject({ reason: 'secret_elsewhere' });
  await expect(send('ours', false)).rejects.toMatchObject({ reason: 'secret_elsewhere' });
  await host.close();
});
