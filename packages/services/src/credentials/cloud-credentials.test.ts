import { generateKeyPairSync } from 'node:crypto';
import { azureWire, bedrockWire, type FakeWire, startWire, vertexWire, type Wire } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { prepareDraftRun } from '../runs/prepare-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import type { ServiceError } from '../service-error.ts';
import { fixture, greeting } from '../testing.ts';
import { createCredential } from './create-credential.ts';
import { editCredential } from './edit-credential.ts';
import { createCredentialInput } from './input.ts';
import { listCredentials } from './list-credentials.ts';
import { listProviders } from './list-providers.ts';
import { demandWorking } from './probe-credential.ts';
import { rotateCredential } from './rotate-credential.ts';
import { testCredential } from './test-credential.ts';
import { tryCredential } from './try-credential.ts';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const other = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const azureKey = '0123456789abcdef0123456789abcdef';

interface Case {
  provider: string;
  wire: Wire;
  secrets: Parameters<typeof startWire>[1]['secrets'];
  /** The body without its key, at this fake. */
  body: (fake: FakeWire) => Record<string, unknown>;
  good: (fake: FakeWire) => string;
  bad: (fake: FakeWire) => string;
  expected: Record<string, unknown>;
}

const keyFile = (fake: FakeWire, { privateKey }: { privateKey: string } = pair, change: object = {}) =>
  JSON.stringify(
    {
      type: 'service_account',
      project_id: 'p1',
      private_key_id: 'fedcba9876543210',
      private_key: privateKey,
      client_email: 'flows@p1.iam.gserviceaccount.com',
      client_id: '1234567890',
      token_uri: `${fake.origin}/token`,
      ...change,
    },
    undefined,
    2,
  );

const cases: Case[] = [
  {
    provider: 'azure',
    wire: azureWire,
    secrets: { apiKey: azureKey },
    body: ({ origin }) => ({ baseUrl: `${origin}/openai/v1/`, model: 'my-deployment' }),
    good: () => azureKey,
    bad: () => 'ffffffffffffffffffffffffffffffff',
    expected: { title: 'Azure OpenAI', hint: '••••cdef', model: 'my-deployment', region: null },
  },
  {
    provider: 'vertex',
    wire: vertexWire,
    secrets: { publicKey: pair.publicKey },
    body: ({ origin }) => ({ baseUrl: origin, region: 'europe-west4' }),
    good: (fake) => keyFile(fake),
    bad: (fake) => keyFile(fake, other),
    expected: { title: 'Google Vertex AI', hint: '••••3210', model: null, region: 'europe-west4' },
  },
  {
    provider: 'bedrock',
    wire: bedrockWire,
    secrets: { accessKeyId, secretAccessKey, region: 'eu-central-1' },
    body: ({ origin }) => ({ baseUrl: origin, region: 'eu-central-1' }),
    good: () => `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`,
    bad: () => `${accessKeyId}:${'x'.repeat(40)}`,
    expected: { title: 'Amazon Bedrock', hint: '••••MPLE', model: null, region: 'eu-central-1' },
  },
];

const create = (ctx: Ctx, body: Record<string, unknown>) =>
  createCredential({ ctx, input: createCredentialInput.parse({ kind: 'provider', ...body }) });

async function stage({ wire, secrets }: Pick<Case, 'wire' | 'secrets'>) {
  const fake = await startWire(wire, { secrets });
  onTestFinished(() => fake.close());
  const { ctx } = await fixture();
  return { fake, ctx };
}

test.each(cases)('$provider is tested, sealed, listed, used by a run and asked a question', async (row) => {
  const { fake, ctx } = await stage(row);
  const made = await create(ctx, { provider: row.provider, key: row.good(fake), ...row.body(fake) });
  expect(made).toMatchObject({
    name: row.provider,
    origin: fake.origin,
    lastTest: { ok: true, models: 0 },
    isAuto: true,
    ...row.expected,
  });
  expect(fake.calls).toHaveLength(1);
  const shown = JSON.stringify([made, await listCredentials({ ctx })]);
  for (const secret of [azureKey, secretAccessKey, 'PRIVATE KEY', 'private_key']) expect(shown).not.toContain(secret);

  const { id } = await createFlow({ ctx, input: { text: greeting('auto') } });
  const run = await runToEnd(ctx, await prepareDraftRun({ ctx, input: { id, body: { inputs: { name: 'Ada' } } } }));
  expect(run).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Ada!' }, simulated: false });
  const answer = await tryCredential({ ctx, input: { id: made.id, prompt: 'Say this' } });
  const events = [];
  for await (const event of answer(new AbortController().signal)) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'succeeded', outputs: { text: 'Say this' } });
});

test.each(cases)('a refused key of $provider is told at the key, and neither kept nor repeated', async (row) => {
  const { fake, ctx } = await stage(row);
  const refused = create(ctx, { provider: row.provider, key: row.bad(fake), ...row.body(fake) });
  await expect(refused).rejects.toMatchObject({
    reason: 'credential_refused',
    errors: [{ pointer: '/key', message: expect.stringContaining('does not accept the key') }],
  });
  await refused.catch((error: unknown) => expect(JSON.stringify(error)).not.toMatch(/PRIVATE KEY|xxxxxxxx|ffffffff/));
  expect((await listCredentials({ ctx })).credentials).toEqual([]);
});

test.each(cases)('a new key of $provider is tested and takes the place of the old one', async (row) => {
  const { fake, ctx } = await stage(row);
  const made = await create(ctx, { provider: row.provider, key: row.bad(fake), ...row.body(fake), untested: true });
  expect(made.lastTest).toBeNull();
  await expect(rotateCredential({ ctx, input: { id: made.id, key: row.bad(fake) } })).rejects.toMatchObject({
    reason: 'credential_refused',
  });
  expect(await rotateCredential({ ctx, input: { id: made.id, key: row.good(fake) } })).toMatchObject({
    lastTest: { ok: true },
    ...row.expected,
  });
});

test.each([
  ['Azure without an endpoint', { provider: 'azure', key: azureKey, model: 'm' }, '/baseUrl', /address of its server/],
  ['Azure without a deployment', { provider: 'azure', key: azureKey, baseUrl: 'https://x.openai.azure.com' }, '/model', /deployment/],
  ['Azure without a key', { provider: 'azure', baseUrl: 'https://x.openai.azure.com', model: 'm' }, '/key', /needs a key/],
  [
    'Azure in a region',
    { provider: 'azure', key: azureKey, baseUrl: 'https://x.example', model: 'm', region: 'eu' },
    '/region',
    /no regions/,
  ],
  ['Google with other JSON', { provider: 'vertex', key: '{"type":"authorized_user"}' }, '/key', /no key file/],
  ['Google with half a file', { provider: 'vertex', key: '{"type":"service_account",' }, '/key', /no key file/],
  ['Google without a key', { provider: 'vertex' }, '/key', /needs a key/],
  ['Google in no location', { provider: 'vertex', key: 'AQ.express', region: 'europe-west4' }, '/region', /only in the location global/],
  ['Bedrock without a region', { provider: 'bedrock', key: `${accessKeyId}:s` }, '/region', /needs a region/],
  ['Bedrock in no region', { provider: 'bedrock', key: `${accessKeyId}:s`, region: 'evil.example/' }, '/region', /eu-central-1/],
  ['Bedrock with an id alone', { provider: 'bedrock', key: accessKeyId, region: 'eu-central-1' }, '/key', /one of the two is missing/],
  ['OpenAI with lines', { provider: 'openai', key: 'sk-a\nsk-b' }, '/key', /one line/],
  ['OpenAI with a region', { provider: 'openai', key: 'sk-a', region: 'eu' }, '/region', /no regions/],
])('%s is refused at its place', async (_name, body, pointer, words) => {
  const { ctx } = await fixture();
  await expect(create(ctx, body)).rejects.toMatchObject({
    code: 'invalid_input',
    errors: [{ pointer, message: expect.stringMatching(words) }],
  });
});

test('what cannot be reached is told where it was named', async () => {
  const { ctx } = await fixture();
  const failure = { class: 'provider_unavailable', reason: 'connect_failed', params: { host: 'x' }, node: '' } as const;
  const pointerOf = (row: { provider: string; baseUrl: string | null }): unknown => {
    try {
      return demandWorking(ctx, { at: 1, milliseconds: 1, ok: false, failure }, row);
    } catch (error) {
      return (error as ServiceError).errors[0]?.pointer;
    }
  };
  expect(pointerOf({ provider: 'bedrock', baseUrl: null })).toBe('/region');
  expect(pointerOf({ provider: 'bedrock', baseUrl: 'https://inside.example' })).toBe('/baseUrl');
  expect(pointerOf({ provider: 'openai', baseUrl: null })).toBe('/baseUrl');
});

test('a key file cannot send its claims into our own network', async () => {
  const row = cases[1] as Case;
  const { fake, ctx } = await stage(row);
  const { id } = await create(ctx, { provider: 'vertex', key: keyFile(fake), untested: true });
  expect(await testCredential({ ctx, input: { id } })).toMatchObject({
    ok: false,
    error: { reason: 'address_not_allowed', params: { host: '127.0.0.1' } },
  });
});

test('a key that leads to another origin is refused, and a deployment cannot be taken away', async () => {
  const row = cases[1] as Case;
  const { fake, ctx } = await stage(row);
  const made = await create(ctx, { provider: 'vertex', key: keyFile(fake), region: 'europe-west4', untested: true });
  expect(made.origin).toBe('https://europe-west4-aiplatform.googleapis.com');
  for (const untested of [true, false]) {
    await expect(rotateCredential({ ctx, input: { id: made.id, key: 'AQ.express-key', untested } })).rejects.toMatchObject({
      errors: [{ pointer: '/key', message: expect.stringContaining('Make a new connection') }],
    });
  }
  const azure = await create(ctx, { provider: 'azure', key: azureKey, baseUrl: 'https://x.openai.azure.com', model: 'm', untested: true });
  await expect(editCredential({ ctx, input: { id: azure.id, model: null } })).rejects.toMatchObject({ errors: [{ pointer: '/model' }] });
  expect(await editCredential({ ctx, input: { id: azure.id, model: 'other' } })).toMatchObject({ model: 'other' });
});

test('a row whose region was changed from outside does not open', async () => {
  const { ctx } = await fixture();
  const body = { provider: 'bedrock', key: `${accessKeyId}:${secretAccessKey}`, region: 'eu-central-1', untested: true };
  const { id } = await create(ctx, body);
  const row = await ctx.deps.database.credentials.read(ctx.workspaceId, id);
  if (row === undefined) throw new Error('no row');
  await ctx.deps.database.credentials.delete(ctx.workspaceId, id);
  await ctx.deps.database.credentials.create(ctx.workspaceId, { ...row, region: 'us-east-1' });
  ctx.deps.vault.forget(ctx.workspaceId);
  const { id: flow } = await createFlow({ ctx, input: { text: greeting('bedrock') } });
  const run = await runToEnd(ctx, await prepareDraftRun({ ctx, input: { id: flow, body: { inputs: { name: 'Ada' } } } }));
  expect(run).toMatchObject({ status: 'failed', error: { class: 'auth', reason: 'secrets_locked' } });
});

test('what a cloud asks for is told in the reader’s language, with an example', async () => {
  const { ctx } = await fixture();
  for (const locale of ['en', 'zh-Hans'] as const) {
    const { providers } = await listProviders({ ctx: { ...ctx, locale } });
    const asked = Object.fromEntries(providers.map(({ id, fields, keyForm }) => [id, [keyForm, ...fields.map(({ part }) => part)]]));
    expect(asked).toMatchObject({
      openai: ['line'],
      azure: ['line', 'key', 'baseUrl', 'model'],
      vertex: ['file', 'key', 'region', 'model'],
      bedrock: ['pair', 'key', 'region', 'model'],
    });
    for (const { title, help, example } of providers.flatMap(({ fields }) => fields)) {
      expect([title, help, example].every((text) => text.length > 0)).toBe(true);
      if (locale === 'zh-Hans') expect(help).toMatch(/\p{Script=Han}/u);
    }
  }
});
