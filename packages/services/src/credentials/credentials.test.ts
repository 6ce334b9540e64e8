import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { prepareDraftRun } from '../runs/prepare-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { openKeyFile } from '../secrets/key-file.ts';
import { fixture, greeting } from '../testing.ts';
import { createCredential } from './create-credential.ts';
import { deleteCredential } from './delete-credential.ts';
import { editCredential } from './edit-credential.ts';
import { createCredentialInput } from './input.ts';
import { listCredentials } from './list-credentials.ts';
import { rotateCredential } from './rotate-credential.ts';
import { setDefaultModel } from './set-default-model.ts';
import { testCredential } from './test-credential.ts';
import { tryCredential } from './try-credential.ts';

const key = 'sk-good-key-planted-0001';

async function provider(options: Parameters<typeof startFakeProvider>[0] = {}) {
  const fake = await startFakeProvider({ apiKey: key, models: ['best', 'second'], ...options });
  onTestFinished(() => fake.close());
  return fake;
}
const create = (ctx: Ctx, body: Record<string, unknown>) =>
  createCredential({ ctx, input: createCredentialInput.parse({ kind: 'provider', ...body }) });

async function runOf(ctx: Ctx, model: string) {
  const { id } = await createFlow({ ctx, input: { text: greeting(model) } });
  const prepared = await prepareDraftRun({ ctx, input: { id, body: { inputs: { name: 'Ada' } } } });
  return runToEnd(ctx, prepared);
}

test('a connection is tested, sealed, used by runs at once, and never shown', async () => {
  const { ctx } = await fixture();
  const fake = await provider();
  const made = await create(ctx, { provider: 'openai', key, baseUrl: `${fake.url}/` });
  expect(made).toMatchObject({
    kind: 'provider',
    name: 'openai',
    title: 'OpenAI',
    baseUrl: fake.url,
    origin: new URL(fake.url).origin,
    hint: '••••0001',
    lastTest: { ok: true, models: 2 },
    isAuto: true,
    usedBy: [],
  });
  expect(JSON.stringify([made, await listCredentials({ ctx })])).not.toContain(key);
  expect(await runOf(ctx, 'auto')).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Ada!' }, simulated: false });
  expect(await runOf(ctx, 'openai/second')).toMatchObject({ status: 'succeeded' });
  const chats = fake.calls.filter(({ path }) => path.endsWith('/chat/completions'));
  expect(chats.map(({ body }) => (body as { model: string }).model)).toEqual(['best', 'second']);
});

test('a key the provider rejects is not saved, and the answer says why without it', async () => {
  const { ctx } = await fixture();
  const fake = await provider();
  const refused = create(ctx, { provider: 'openai', key: 'sk-wrong-key-planted-9', baseUrl: fake.url });
  await expect(refused).rejects.toMatchObject({
    reason: 'credential_refused',
    errors: [{ pointer: '/key', message: expect.stringContaining('does not accept the key') }],
  });
  await refused.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('sk-wrong'));
  expect((await listCredentials({ ctx })).credentials).toEqual([]);
  const saved = await create(ctx, { provider: 'openai', key: 'sk-wrong-key-planted-9', baseUrl: fake.url, untested: true });
  expect(saved.lastTest).toBeNull();
  expect(await testCredential({ ctx, input: { id: saved.id } })).toMatchObject({
    ok: false,
    error: { class: 'auth', reason: 'key_rejected' },
  });
  expect((await listCredentials({ ctx })).credentials[0]?.lastTest).toMatchObject({ ok: false, error: { message: expect.any(String) } });
  expect(await runOf(ctx, 'auto')).toMatchObject({ status: 'failed', error: { class: 'auth' } });
});

test.each([
  ['a server that is away', { baseUrl: 'http://127.0.0.1:9/v1' }, '/baseUrl', /allow|connection|reach/i],
  ['an address that is none', { baseUrl: 'ftp://x.example' }, '/baseUrl', /begins with http/],
  ['an address with a user', { baseUrl: 'http://me:pw@x.example/v1' }, '/baseUrl', /begins with http/],
  ['no key where one is needed', { provider: 'groq' }, '/key', /needs a key/],
  ['a provider nobody knows', { provider: 'nobody', key }, '/provider', /no provider/],
  ['a server without its address', { provider: 'custom', key }, '/baseUrl', /address of its server/],
])('%s is refused at its place', async (_name, body, pointer, words) => {
  const { ctx } = await fixture();
  await expect(create(ctx, { provider: 'custom', ...body })).rejects.toMatchObject({
    code: 'invalid_input',
    errors: [{ pointer, message: expect.stringMatching(words) }],
  });
});

test('a model the provider does not have is told at the model', async () => {
  const { ctx } = await fixture();
  const fake = await provider();
  fake.script({ fault: { kind: 'status', status: 404, code: 'model_not_found', message: 'The model does not exist' } });
  await expect(create(ctx, { provider: 'openai', key, baseUrl: fake.url, model: 'gone' })).rejects.toMatchObject({
    errors: [{ pointer: '/model', message: expect.stringContaining('gone') }],
  });
});

test('names are given once; what flows call a connection stays when its title changes', async () => {
  const { ctx } = await fixture();
  const untested = { untested: true };
  const first = await create(ctx, { provider: 'groq', key, ...untested });
  const second = await create(ctx, { provider: 'groq', key, ...untested });
  expect([first.name, second.name]).toEqual(['groq', 'groq-2']);
  await expect(create(ctx, { provider: 'groq', key, name: 'groq', ...untested })).rejects.toMatchObject({ code: 'conflict' });
  const custom = await create(ctx, { provider: 'custom', baseUrl: 'http://gpu.example:8000/v1', title: '我的 vLLM', ...untested });
  expect(custom).toMatchObject({ name: 'vllm', title: '我的 vLLM', hint: null });
  for (const name of ['auto', 'demo', 'No', 'a/b', ''])
    expect(() => createCredentialInput.parse({ kind: 'provider', provider: 'groq', key, name })).toThrow();
  const edited = await editCredential({ ctx, input: { id: first.id, title: 'Team key', model: 'llama' } });
  expect(edited).toMatchObject({ name: 'groq', title: 'Team key', model: 'llama', hint: '••••0001' });
});

test('rotating puts a tested key in place of the old one; a bad one changes nothing', async () => {
  const { ctx } = await fixture();
  const old = await provider();
  const made = await create(ctx, { provider: 'openai', key, baseUrl: old.url });
  await expect(rotateCredential({ ctx, input: { id: made.id, key: 'sk-bad-key-00000000' } })).rejects.toMatchObject({
    reason: 'credential_refused',
  });
  expect(await runOf(ctx, 'openai/best')).toMatchObject({ status: 'succeeded' });
  const rotated = await rotateCredential({ ctx, input: { id: made.id, key: 'sk-next-key-0002', untested: true } });
  expect(rotated).toMatchObject({ hint: '••••0002', lastTest: null, createdAt: made.createdAt });
  await runOf(ctx, 'openai/best');
  expect(old.calls.at(-1)?.headers.authorization).toBe('Bearer sk-next-key-0002');
});

test('deleting ends its use, and says before who uses it', async () => {
  const { ctx, publish } = await fixture();
  const fake = await provider();
  const made = await create(ctx, { provider: 'openai', key, baseUrl: fake.url });
  await publish(greeting('openai/best'), 'asks');
  await createFlow({ ctx, input: { text: greeting('auto') } });
  await createFlow({ ctx, input: { text: greeting('demo/echo') } });
  const [listed] = (await listCredentials({ ctx })).credentials;
  // The first says Automatic, so it goes on without.
  expect(listed?.usedBy.map(({ slug, steps, published, named }) => [slug, steps, published, named])).toEqual([
    ['greeting', 1, false, false],
    ['asks', 1, true, true],
  ]);
  await setDefaultModel({ ctx, input: { model: 'openai/best' } });
  await deleteCredential({ ctx, input: { id: made.id } });
  expect((await listCredentials({ ctx })).defaultModel).toBeNull();
  expect(await runOf(ctx, 'openai/best')).toMatchObject({ status: 'failed', error: { reason: 'no_connection' } });
  expect(await runOf(ctx, 'auto')).toMatchObject({ simulated: true });
  await expect(deleteCredential({ ctx, input: { id: made.id } })).rejects.toMatchObject({ code: 'not_found' });
});

test('auto is the oldest connection until somebody chooses', async () => {
  const { ctx } = await fixture({ MISTRAL_API_KEY: 'm' });
  expect((await listCredentials({ ctx })).environment).toMatchObject([{ name: 'mistral', isAuto: true }]);
  const fake = await provider({ models: ['a'] });
  await create(ctx, { provider: 'openai', key, baseUrl: fake.url });
  await create(ctx, { provider: 'mistral', key, baseUrl: fake.url });
  const list = await listCredentials({ ctx });
  expect(list.credentials.map(({ name, isAuto }) => [name, isAuto])).toEqual([
    ['openai', true],
    ['mistral', false],
  ]);
  // The workspace's own connection stands in place of the environment's.
  expect(list.environment).toEqual([]);
  await setDefaultModel({ ctx, input: { model: 'mistral/a' } });
  expect((await listCredentials({ ctx })).credentials.map(({ isAuto }) => isAuto)).toEqual([false, true]);
  await expect(setDefaultModel({ ctx, input: { model: 'nobody/x' } })).rejects.toMatchObject({ errors: [{ pointer: '/model' }] });
  expect(await setDefaultModel({ ctx, input: { model: null } })).toEqual({ model: null });
});

test('a question streams its answer, and a failure its sentence; nothing of it is kept', async () => {
  const { ctx } = await fixture();
  const fake = await provider();
  const { id } = await create(ctx, { provider: 'openai', key, baseUrl: fake.url });
  const ask = async (prompt: string) => {
    const answer = await tryCredential({ ctx, input: { id, prompt } });
    const events = [];
    for await (const event of answer(new AbortController().signal)) events.push(event);
    return events;
  };
  const events = await ask('Say it back to me');
  expect(events.flatMap((event) => (event.type === 'output-chunk' ? [event.text] : [])).join('')).toBe('Say it back to me');
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'succeeded' });
  fake.script({ fault: { kind: 'status', status: 429 } });
  expect((await ask('x')).at(-1)).toMatchObject({ status: 'failed', error: { class: 'rate_limited', message: expect.any(String) } });
  expect(await ctx.deps.database.runs.list(ctx.workspaceId, { limit: 5 })).toEqual([]);
});

test('a row that was changed from outside is not used: another server, another key, another row', async () => {
  const { ctx, dataFolder } = await fixture();
  const fake = await provider();
  const stranger = await provider({ apiKey: undefined } as never);
  const { id } = await create(ctx, { provider: 'openai', key, baseUrl: fake.url });
  const before = await ctx.deps.database.credentials.read(ctx.workspaceId, id);
  if (before === undefined) throw new Error('no row');
  const write = async (row: typeof before) => {
    await ctx.deps.database.credentials.delete(ctx.workspaceId, id);
    await ctx.deps.database.credentials.create(ctx.workspaceId, row);
    ctx.deps.vault.forget(ctx.workspaceId);
  };
  const elsewhere = { baseUrl: stranger.url, origin: new URL(stranger.url).origin };
  for (const change of [elsewhere, { baseUrl: stranger.url }, { origin: elsewhere.origin }, { version: 7 }, { sealed: 'v1.AAAA' }]) {
    await write({ ...before, ...change });
    expect(await runOf(ctx, 'openai/best'), JSON.stringify(change)).toMatchObject({
      status: 'failed',
      error: { reason: 'secrets_locked' },
    });
    expect(await runOf(ctx, 'auto')).toMatchObject({ status: 'failed', simulated: false });
    await expect(testCredential({ ctx, input: { id } })).rejects.toMatchObject({ reason: 'secrets_locked' });
  }
  expect(stranger.calls).toEqual([]);
  await write(before);
  expect(await runOf(ctx, 'openai/best')).toMatchObject({ status: 'succeeded' });
  expect(openKeyFile(dataFolder).read()).toHaveLength(1);
});

test('without the master key nothing runs by guess, nothing new is sealed, and all comes back with it', async () => {
  const { ctx, dataFolder, again } = await fixture();
  const fake = await provider();
  await create(ctx, { provider: 'openai', key, baseUrl: fake.url });
  const file = openKeyFile(dataFolder);
  const kept = file.read();
  file.replace([]);
  const { deps } = await again();
  const later = { ...ctx, deps };
  expect(await runOf(later, 'auto')).toMatchObject({ status: 'failed', error: { reason: 'secrets_locked' } });
  await expect(create(later, { provider: 'groq', key, untested: true })).rejects.toMatchObject({ reason: 'secrets_locked' });
  expect((await listCredentials({ ctx: later })).credentials).toHaveLength(1);
  file.replace(kept);
  deps.vault.forget(ctx.workspaceId);
  expect(await runOf(later, 'auto')).toMatchObject({ status: 'succeeded' });
});
