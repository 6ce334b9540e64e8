import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createOutbound } from './outbound/outbound.ts';
import { probe } from './probe.ts';
import { openStored } from './stored-connection.ts';

let fake: FakeProvider;
const outbound = createOutbound();
beforeAll(async () => {
  fake = await startFakeProvider({ models: ['best', 'second'], apiKey: 'good-key' });
});
afterAll(async () => {
  await outbound.close();
  await fake.close();
});
beforeEach(() => {
  fake.calls.length = 0;
});

function connection(apiKey: string, baseUrl = fake.url) {
  const made = openStored({ name: 'mine', provider: 'custom', baseUrl, apiKey, model: undefined });
  if (made === undefined) throw new Error('no address');
  return made;
}
const paths = () => fake.calls.map(({ path }) => path);

test('the list of models is enough, and costs nothing', async () => {
  expect(await probe(connection('good-key'), outbound)).toEqual(['best', 'second']);
  expect(await probe(connection('good-key'), outbound, { model: 'second' })).toEqual(['best', 'second']);
  expect(paths()).toEqual(['/v1/models', '/v1/models']);
});

test('a model the list does not have is asked', async () => {
  fake.script({ fault: { kind: 'status', status: 404, code: 'model_not_found', message: 'no such model' } });
  await expect(probe(connection('good-key'), outbound, { model: 'gone' })).rejects.toMatchObject({ reason: 'model_not_found' });
  expect(await probe(connection('good-key'), outbound, { model: 'hidden' })).toEqual(['best', 'second']);
  expect(paths()).toContain('/v1/chat/completions');
});

test('a wrong key is told as one, and never in words', async () => {
  const failure = await probe(connection('wrong-key-123456'), outbound).catch((error: unknown) => error);
  expect(failure).toMatchObject({ errorClass: 'auth', reason: 'key_rejected' });
  expect(JSON.stringify(failure)).not.toContain('wrong-key');
});

test('where the list may not be read, asking decides', async () => {
  const strict = await startFakeProvider({ listStatus: 403 });
  const made = connection('any', strict.url);
  await expect(probe(made, outbound)).rejects.toMatchObject({ errorClass: 'auth' });
  expect(await probe({ ...made, model: 'best' }, outbound)).toEqual([]);
  await strict.close();
});

test('where nothing is listed, the usual model is asked', async () => {
  const bare = await startFakeProvider({ models: [], apiKey: 'good-key' });
  expect(await probe({ ...connection('good-key', bare.url), model: 'usual' }, outbound)).toEqual([]);
  expect(bare.calls.map(({ path, body }) => [path, (body as { model?: string } | undefined)?.model])).toEqual([
    ['/v1/models', undefined],
    ['/v1/chat/completions', 'usual'],
  ]);
  await bare.close();
});

test('a server that is away, or never answers, is told so in time', async () => {
  const closed = await startFakeProvider();
  await closed.close();
  await expect(probe(connection('k', closed.url), outbound)).rejects.toMatchObject({ reason: 'connect_failed' });
  const silent = await startFakeProvider({ reply: { fault: { kind: 'hang' } }, models: [] });
  await expect(probe(connection('k', silent.url), outbound, { model: 'm', limitMs: 300 })).rejects.toMatchObject({
    errorClass: 'timeout',
    reason: 'first_byte_timeout',
  });
  await silent.close();
});

test('the address of a machine’s own data is refused even for an admin', async () => {
  await expect(probe(connection('k', 'http://169.254.169.254/v1'), outbound)).rejects.toMatchObject({ reason: 'address_not_allowed' });
});
