import { type FakeProvider, type Reply, startFakeProvider } from '@patchbay/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAgainst } from './run-against.ts';

let provider: FakeProvider;
beforeEach(async () => {
  provider = await startFakeProvider();
});
afterEach(() => provider.close());

const silences: [name: string, reply: Reply, streaming: boolean, reason: string, partial: string][] = [
  ['before its headers', { fault: { kind: 'hang' } }, true, 'first_byte_timeout', ''],
  ['before its headers, asked for a whole answer', { fault: { kind: 'hang' } }, false, 'first_byte_timeout', ''],
  ['after its headers', { fault: { kind: 'hang-after-headers' } }, true, 'idle_timeout', ''],
  ['after half of a whole answer', { fault: { kind: 'hang-after-headers' } }, false, 'idle_timeout', ''],
  ['between two words', { fault: { kind: 'hang-after-headers', after: 3 } }, true, 'idle_timeout', 'Hello there '],
];
test.each(silences)('R9: silence %s is a time-out, and the call is closed', async (_name, reply, streaming, reason, partial) => {
  provider.script(reply);
  const limits = { firstByteMs: 300, modelFirstByteMs: 300, idleMs: 300 };
  const { result, of } = await runAgainst(provider, { streaming, limits });
  expect(result).toMatchObject({ status: 'failed', error: { class: 'timeout', reason, node: 'ask' }, outputs: {} });
  expect(of('output-end')).toEqual(partial === '' ? [] : [{ type: 'output-end', output: 'reply', value: partial, complete: false }]);
  // It was sent, so it may be billed.
  expect(result.usage).toMatchObject({ calls: 1, estimated: true });
  expect(provider.calls).toHaveLength(1);
  await expect.poll(() => provider.calls[0]?.aborted, { timeout: 10_000 }).toBe(true);
});

test('R9: a provider that drips for ever is stopped by the limit of the whole call', async () => {
  provider.script({ text: 'word '.repeat(5_000), chunkDelayMs: 20 });
  const { result, of } = await runAgainst(provider, { limits: { modelTotalMs: 500 } });
  expect(result).toMatchObject({ status: 'failed', error: { class: 'timeout', reason: 'total_timeout' } });
  expect(of('output-end')[0]).toMatchObject({ complete: false, value: expect.stringMatching(/^word /) });
  await expect.poll(() => provider.calls[0]?.aborted, { timeout: 10_000 }).toBe(true);
});

test('R9: a time-out before the first word is tried again as the rule says; after it is final', async () => {
  const limits = { firstByteMs: 300, idleMs: 300 };
  const onError = { rule: 'retry' as const, tries: 2, backoffMs: 1 };
  provider.script({ fault: { kind: 'hang' } }, { text: 'Now' });
  expect((await runAgainst(provider, { limits, onError })).result).toMatchObject({ status: 'succeeded', outputs: { reply: 'Now' } });
  expect(provider.calls).toHaveLength(2);
  provider.script({ fault: { kind: 'hang-after-headers', after: 3 } });
  expect((await runAgainst(provider, { limits, onError })).result).toMatchObject({ status: 'failed', error: { class: 'timeout' } });
  expect(provider.calls).toHaveLength(3);
});
