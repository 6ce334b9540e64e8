import { type CallContext, type ChatChunk, createProvider } from '@patchbay/models';
import { cannedRequest, chatWire, type FakeWire, plainRequest, startWire } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createKeyRing } from './key-ring.ts';
import { shareKeys } from './shared-keys.ts';

let fake: FakeWire;
/** Accepts any key: which one came is what is looked at. */
beforeAll(async () => {
  fake = await startWire({ ...chatWire, authenticate: () => undefined }, { secrets: { apiKey: 'k' } });
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.calls.length = 0;
});

const open = (count: number, now = () => 0) =>
  shareKeys(
    Array.from({ length: count }, (_, index) =>
      createProvider({ family: 'openai-compatible', id: 'openai', baseUrl: `${fake.origin}/v1`, apiKey: `key-${index}` }),
    ),
    createKeyRing(count, now),
  );
const call: CallContext = { request: plainRequest, signal: new AbortController().signal };
const asked = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello there' }] };
const keys = () => fake.calls.map(({ headers }) => headers.authorization?.replace('Bearer key-', ''));
const limited = { fault: { kind: 'refuse' as const, as: 'rate_limited' as const, retryAfter: '5' } };
const refused = { fault: { kind: 'refuse' as const, as: 'auth' as const } };
async function read(stream: AsyncIterable<ChatChunk>): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (chunk.type === 'text') text += chunk.text;
  return text;
}

test('calls go round over the keys, whatever they ask for', async () => {
  const provider = open(3);
  await provider.generate(asked, call);
  expect(await read(provider.stream(asked, call))).toBe('Hello there');
  await provider.embed?.({ model: 'm', texts: ['a'] }, call);
  await provider.listModels(call);
  expect(keys()).toEqual(['0', '1', '2', '0']);
});

test('the next key is asked at once where one is at its limit, and that one is left alone until then', async () => {
  let now = 0;
  const provider = open(2, () => now);
  fake.script(limited);
  expect(await provider.generate(asked, call)).toMatchObject({ text: 'Hello there' });
  await provider.generate(asked, call);
  now = 5_000;
  await provider.generate(asked, call);
  await provider.generate(asked, call);
  expect(keys()).toEqual(['0', '1', '1', '0', '1']);
});

test('a refused key is passed over from then on, in streams too', async () => {
  const provider = open(2);
  fake.script(refused);
  expect(await read(provider.stream(asked, call))).toBe('Hello there');
  expect(await read(provider.stream(asked, call))).toBe('Hello there');
  expect(keys()).toEqual(['0', '1', '1']);
});

test('where all keys fail, each was asked once, and then none before its time', async () => {
  const provider = open(2);
  fake.script(limited, limited);
  await expect(provider.generate(asked, call)).rejects.toMatchObject({ errorClass: 'rate_limited', retryAfterMs: 5_000 });
  await expect(provider.generate(asked, call)).rejects.toMatchObject({ errorClass: 'rate_limited', retryAfterMs: 5_000 });
  await expect(read(provider.stream(asked, call))).rejects.toMatchObject({ errorClass: 'rate_limited' });
  expect(keys()).toEqual(['0', '1']);
});

test('what no other key would mend is not asked twice', async () => {
  fake.script({ fault: { kind: 'refuse', as: 'provider_unavailable' } });
  await expect(open(2).generate(asked, call)).rejects.toMatchObject({ errorClass: 'provider_unavailable' });
  expect(keys()).toEqual(['0']);
});

test('a stream that has begun is never begun again with another key', async () => {
  const begun =
    'data: {"choices":[{"delta":{"content":"One"}}]}\n\ndata: {"error":{"message":"Slow down","code":"rate_limit_exceeded"}}\n\n';
  let asks = 0;
  const request: CallContext['request'] = () => {
    asks += 1;
    return cannedRequest([begun])();
  };
  const texts: string[] = [];
  const reading = async () => {
    for await (const chunk of open(2).stream(asked, { ...call, request })) if (chunk.type === 'text') texts.push(chunk.text);
  };
  await expect(reading()).rejects.toMatchObject({ errorClass: 'rate_limited' });
  expect([texts, asks]).toEqual([['One'], 1]);
});
