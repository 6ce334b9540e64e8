import { type FakeProvider, type FakeProviderOptions, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { estimateFlow } from '../estimates/estimate-flow.ts';
import { estimateDraft } from '../flows/estimate-draft.ts';
import { createKey } from '../keys/create-key.ts';
import { revokeKey } from '../keys/revoke-key.ts';
import { verifyKey } from '../keys/verify-key.ts';
import type { KeyScope } from '../resources.ts';
import { followRun } from '../runs/follow-run.ts';
import { prepareDraftRun, preparePublishedRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { runAsStream } from '../runs/run-as-stream.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { fixture, greeting } from '../testing.ts';
import { createCredential } from './create-credential.ts';
import { editCredential } from './edit-credential.ts';
import { createCredentialInput } from './input.ts';
import { listCredentials } from './list-credentials.ts';

const body = { inputs: { name: 'Ada' } };
const long = { timeout: 60_000 };

async function provider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const fake = await startFakeProvider({ models: ['best'], ...options });
  onTestFinished(() => fake.close());
  return fake;
}
const create = (ctx: Ctx, fields: Record<string, unknown>) => createCredential({ ctx, input: createCredentialInput.parse(fields) });

/** A workspace with a connection `theirs` for those who manage it and, where wanted, one `ours` for everyone. */
async function stage({ ours = true } = {}) {
  const [theirsFake, oursFake] = await Promise.all([provider({ reply: { text: 'theirs' } }), provider({ reply: { text: 'ours' } })]);
  const allowed = { PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${oursFake.port}` };
  const made = await fixture(allowed, { dispatcherLimits: { wakeMs: 20 } });
  const { ctx } = made;
  const kind = { kind: 'provider', provider: 'custom', model: 'best' };
  const theirs = await create(ctx, { ...kind, name: 'theirs', baseUrl: theirsFake.url, usableBy: 'managers' });
  if (ours) await create(ctx, { ...kind, name: 'ours', baseUrl: oursFake.url });
  const asKey = async (...scopes: KeyScope[]): Promise<Ctx> => {
    const { key } = await createKey({ ctx, input: { name: scopes.join(), scopes } });
    const known = await verifyKey({ deps: ctx.deps, key });
    if (known === undefined) throw new Error('no key');
    return { ...ctx, actor: known.actor };
  };
  return { ...made, theirs, theirsFake, oursFake, asKey };
}
const call = async (ctx: Ctx, slug: string) => runToEnd(ctx, await preparePublishedRun({ ctx, input: { slug, body } }));

const refused = {
  status: 'failed',
  error: { class: 'auth', reason: 'connection_reserved', params: { connection: 'theirs' } },
};

test(
  'whoever manages the workspace uses it, by the draft or by a key; a key that only runs does not, whole or streamed',
  long,
  async () => {
    const { ctx, publish, asKey, theirsFake } = await stage();
    const id = await publish(greeting('theirs'), 'greet');
    const draft = await prepareDraftRun({ ctx, input: { id, body } });
    expect(await runToEnd(ctx, draft)).toMatchObject({ status: 'succeeded', outputs: { greeting: 'theirs' } });
    expect(await call(await asKey('manage'), 'greet')).toMatchObject({ status: 'succeeded' });
    expect(theirsFake.calls.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(2);

    theirsFake.calls.length = 0;
    const runner = await asKey('run', 'read');
    expect(await call(runner, 'greet')).toMatchObject({ ...refused, error: { ...refused.error, node: 'ask' } });
    const events = [];
    for await (const event of runAsStream(runner, await preparePublishedRun({ ctx: runner, input: { slug: 'greet', body } })))
      events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'run-end', ...refused });
    const ofFlow = await createKey({ ctx, input: { name: 'one flow', scopes: ['run'], flows: ['greet'] } });
    const known = await verifyKey({ deps: ctx.deps, key: ofFlow.key });
    if (known === undefined) throw new Error('no key');
    expect(await call({ ...ctx, actor: known.actor }, 'greet')).toMatchObject(refused);
    expect(theirsFake.calls).toEqual([]);
  },
);

test.each(['en', 'zh-Hans'] as const)('the sentence names the connection and what is needed (%s)', async (locale) => {
  const { publish, asKey } = await stage();
  await publish(greeting('theirs'), 'greet');
  const runner = { ...(await asKey('run', 'read')), locale };
  const prepared = await preparePublishedRun({ ctx: runner, input: { slug: 'greet', body } });
  await runToEnd(runner, prepared);
  const { error } = await readRun({ ctx: runner, input: { id: prepared.id } });
  expect(error?.message).toContain(locale === 'en' ? '“theirs” is only for those who manage' : '“theirs”仅供管理');
  expect(error?.fix).toContain('manage');
});

test('auto passes over it while another is left; with none the demo model does not stand in', long, async () => {
  const { ctx, publish, asKey } = await stage();
  await publish(greeting('auto'), 'greet');
  expect(await call(ctx, 'greet')).toMatchObject({ outputs: { greeting: 'theirs' } });
  expect(await call(await asKey('run'), 'greet')).toMatchObject({ status: 'succeeded', outputs: { greeting: 'ours' } });
  const alone = await stage({ ours: false });
  await alone.publish(greeting('auto'), 'greet');
  expect(await call(await alone.asKey('run'), 'greet')).toMatchObject({ ...refused, simulated: false });
});

test('who may use it is changed at once, and listed', async () => {
  const { ctx, publish, asKey, theirs } = await stage();
  await publish(greeting('theirs'), 'greet');
  const runner = await asKey('run');
  expect(theirs.usableBy).toBe('managers');
  expect(await editCredential({ ctx, input: { id: theirs.id, usableBy: 'everyone' } })).toMatchObject({ usableBy: 'everyone' });
  expect(await call(runner, 'greet')).toMatchObject({ status: 'succeeded' });
  await editCredential({ ctx, input: { id: theirs.id, usableBy: 'managers' } });
  expect(await call(runner, 'greet')).toMatchObject(refused);
  expect((await listCredentials({ ctx })).credentials.map(({ name, usableBy }) => [name, usableBy])).toEqual([
    ['theirs', 'managers'],
    ['ours', 'everyone'],
  ]);
});

/** First a model for everyone, then the one that is reserved. */
const oneAfterTheOther = JSON.stringify({
  ...JSON.parse(greeting('ours')),
  nodes: { ...JSON.parse(greeting('ours')).nodes, again: { type: 'model', config: { model: 'theirs' } } },
  edges: [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'again.prompt' },
    { from: 'again.text', to: 'out.greeting' },
  ],
});

test.each([
  ['a key that only runs', ['run'], refused],
  ['a key that manages', ['manage'], { status: 'succeeded', outputs: { greeting: 'theirs' } }],
  ['the owner', undefined, { status: 'succeeded', outputs: { greeting: 'theirs' } }],
] as const)('a run that outlives its process keeps the right of who started it, and of no other: %s', long, async (_name, scopes, end) => {
  const { ctx, publish, again, asKey, oursFake } = await stage();
  await publish(oneAfterTheOther, 'greet');
  const starter = scopes === undefined ? ctx : await asKey(...scopes);
  oursFake.script({ fault: { kind: 'hang' } });
  const prepared = await preparePublishedRun({ ctx: starter, input: { slug: 'greet', body } });
  const { id } = await startDurableRun(starter, { prepared, body, key: undefined, waits: false, streams: false });
  await vi.waitFor(() => expect(oursFake.calls.some(({ path }) => path.endsWith('/completions'))).toBe(true), { timeout: 20_000 });
  // The key is gone by the time another process goes on with the run.
  if (starter.actor.kind === 'key') await revokeKey({ ctx, input: { id: starter.actor.id } });
  const next = { ...ctx, deps: (await again()).deps };
  for await (const { event } of await followRun({ ctx: next, input: { id, lastEventId: undefined } }, new AbortController().signal)) {
    if (event.type === 'run-end') break;
  }
  const { run, outputs, error } = await readRun({ ctx: next, input: { id } });
  expect({ status: run.status, outputs, error }).toMatchObject(end);
});

const outer = (nodes: object, edges: object[]) =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Outer',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
      ...nodes,
      out: { type: 'output', config: { fields: [{ id: 'greeting', title: 'Greeting', type: 'text' }] } },
    },
    edges,
    layout: {},
  });

test('a flow that runs inside another one has no more right than whoever started the outer one', long, async () => {
  const { ctx, publish, asKey } = await stage();
  await publish(greeting('theirs'), 'greet');
  const config = { flow: 'greet', inputs: [{ id: 'name' }], outputs: [{ id: 'greeting' }] };
  const edges = [
    { from: 'in.name', to: 'call.name' },
    { from: 'call.greeting', to: 'out.greeting' },
  ];
  await publish(outer({ call: { type: 'sub_flow', config } }, edges), 'outer');
  expect(await call(ctx, 'outer')).toMatchObject({ status: 'succeeded', outputs: { greeting: 'theirs' } });
  expect(await call(await asKey('run'), 'outer')).toMatchObject(refused);
});

test('nor has a tool of an agent, whose model is told', long, async () => {
  const { ctx, publish, asKey, oursFake, theirsFake } = await stage();
  await publish(greeting('theirs'), 'greet');
  const edges = [
    { from: 'in.name', to: 'work.goal' },
    { from: 'work.text', to: 'out.greeting' },
  ];
  const config = { model: 'ours', tools: [{ id: 'greet', kind: 'flow', flow: 'greet' }] };
  await publish(outer({ work: { type: 'agent', config } }, edges), 'outer');
  const toolAnswer = async (starter: Ctx): Promise<string> => {
    oursFake.calls.length = 0;
    theirsFake.calls.length = 0;
    oursFake.script({ tools: [{ name: 'greet', arguments: { name: 'Ada' } }] }, { text: 'Done.' });
    await call(starter, 'outer');
    return JSON.stringify((oursFake.calls.at(-1)?.body as { messages: object[] } | undefined)?.messages.at(-1));
  };
  expect(await toolAnswer(ctx)).toContain('theirs');
  expect(theirsFake.calls).toHaveLength(1);
  expect(await toolAnswer(await asKey('run'))).toContain('only for those who manage');
  expect(theirsFake.calls).toEqual([]);
});

test('a secret of HTTP steps is kept for those who manage the workspace in the same way', long, async () => {
  const { ctx, publish, asKey, oursFake } = await stage();
  const { origin } = new URL(oursFake.url);
  const secret = { kind: 'secret', title: 'CRM', name: 'crm', key: 'Bearer planted', baseUrl: origin };
  expect(await create(ctx, { ...secret, usableBy: 'managers' })).toMatchObject({ usableBy: 'managers' });
  const config = { url: `${origin}/v1/models`, headers: [{ name: 'Authorization', secret: 'crm' }] };
  await publish(outer({ look: { type: 'http', config } }, [{ from: 'look.text', to: 'out.greeting' }]), 'look');
  oursFake.calls.length = 0;
  const theirs = { class: 'auth', reason: 'secret_reserved', params: { secret: 'crm' } };
  expect(await call(await asKey('run'), 'look')).toMatchObject({ status: 'failed', error: theirs });
  expect(oursFake.calls).toEqual([]);
  expect(await call(ctx, 'look')).toMatchObject({ status: 'succeeded' });
  expect(oursFake.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer planted']);
});

test('an estimate follows the run as far as whoever would start it may go', async () => {
  const { ctx, publish } = await stage();
  const id = await publish(oneAfterTheOther, 'greet');
  const { catalogue, host } = ctx.deps;
  const estimate = (manages: boolean) =>
    estimateFlow({ flow: JSON.parse(oneAfterTheOther), catalogue, host, workspace: ctx.workspaceId, manages, inputs: {} });
  expect(await estimate(true)).toMatchObject({ complete: true, calls: { most: 2 } });
  expect(await estimateDraft({ ctx, input: { id, body: undefined } })).toEqual(await estimate(true));
  expect(await estimate(false)).toMatchObject({ complete: false, calls: { most: 1 }, steps: [{ node: 'ask', model: 'ours/best' }] });
});
