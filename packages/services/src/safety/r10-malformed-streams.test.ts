import { type FakeProvider, type Fault, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { providerKey, runAgainst } from './run-against.ts';

let provider: FakeProvider;
beforeAll(async () => {
  provider = await startFakeProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.calls.length = 0;
});

const event = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const delta = (content: unknown, finish: string | null = null) =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const hello = delta('Hello ');
const done = event('[DONE]');
const stop = delta(undefined, 'stop');
const error = (fields: object) => event({ error: { message: 'It failed.', ...fields } });
const bytes = (text: string, end: number): Uint8Array => new TextEncoder().encode(text).subarray(0, end);
const raw = (...pieces: (string | Uint8Array)[]): Fault => ({ kind: 'raw', pieces });
const then = (how: 'cut' | 'hang', ...pieces: string[]): Fault => ({ kind: 'raw', pieces, ending: how });
const mebibyte = 1024 * 1024;

/** What a stream does, in which class and for which reason it fails, and the text that had come until then. */
const malformed: [name: string, fault: Fault, failed: string, partial: string][] = [
  ['nothing at all', raw(), 'provider_unavailable/stream_cut', ''],
  ['only the end mark', raw(done), 'bad_output/empty_answer', ''],
  ['an ending without a word', raw(stop, done), 'bad_output/empty_answer', ''],
  ['a role and no more', raw(event({ choices: [{ delta: { role: 'assistant' } }] })), 'provider_unavailable/stream_cut', ''],
  ['a polite end in the middle', raw(hello), 'provider_unavailable/stream_cut', 'Hello '],
  ['a broken connection in the middle', then('cut', hello), 'provider_unavailable/connection_lost', 'Hello '],
  ['a broken connection before the first word', then('cut'), 'provider_unavailable/connection_lost', ''],
  ['silence in the middle', then('hang', hello), 'timeout/idle_timeout', 'Hello '],
  ['half a chunk, then the end mark', raw(hello, 'data: {"choices":[{"delta":{"cont\n\n', done), 'bad_output/malformed_answer', 'Hello '],
  ['half a chunk, then nothing', raw(hello, 'data: {"choices":[{"del'), 'bad_output/malformed_answer', 'Hello '],
  ['half a character, then nothing', raw(hello, bytes(delta('你'), 40)), 'bad_output/malformed_answer', 'Hello '],
  ['a list as a chunk', raw(hello, event([1]), done), 'bad_output/malformed_answer', 'Hello '],
  ['a text as a chunk', raw(hello, event('"text"'), done), 'bad_output/malformed_answer', 'Hello '],
  ['null as a chunk', raw(hello, event(null), done), 'bad_output/malformed_answer', 'Hello '],
  ['a chunk of no data', raw(hello, 'data:\n\n', done), 'bad_output/malformed_answer', 'Hello '],
  ['a chunk nested without end', raw(`data: ${'['.repeat(200_000)}\n\n`, done), 'bad_output/malformed_answer', ''],
  ['choices that are a text', raw(event({ choices: 'no' }), done), 'bad_output/empty_answer', ''],
  ['a choice that is null', raw(event({ choices: [null] }), done), 'bad_output/empty_answer', ''],
  ['a delta that is a text', raw(event({ choices: [{ delta: 'no' }] }), done), 'bad_output/empty_answer', ''],
  ['content that is a number', raw(delta(7), stop, done), 'bad_output/empty_answer', ''],
  ['keys of every object', raw(event({ constructor: {}, toString: 1, choices: {} }), done), 'bad_output/empty_answer', ''],
  ['a server error', raw(hello, error({ code: 'server_error' })), 'provider_unavailable/provider_error', 'Hello '],
  ['an error without a code', raw(hello, error({}), done), 'provider_unavailable/provider_error', 'Hello '],
  ['an error that is a text', raw(hello, event({ error: 'It failed.' }), done), 'provider_unavailable/provider_error', 'Hello '],
  ['a rate limit', raw(hello, error({ code: 'rate_limit_exceeded' })), 'rate_limited/provider_rate_limit', 'Hello '],
  ['a context too long', raw(error({ code: 'context_length_exceeded' })), 'context_too_long/context_too_long', ''],
  ['a filter', raw(hello, error({ code: 'content_filter' })), 'content_filtered/content_filtered', 'Hello '],
  ['a filter as its ending', raw(hello, delta('', 'content_filter'), done), 'content_filtered/content_filtered', 'Hello '],
  ['a refusal', raw(event({ choices: [{ delta: { refusal: 'I cannot.' } }] }), stop, done), 'content_filtered/model_refused', ''],
  ['a tool call whose arguments break off', raw(toolCall('{"city": "Par'), delta(null, 'tool_calls'), done), 'bad_output', ''],
  ['a line of 100 MB', { kind: 'long-line', bytes: 100 * mebibyte }, 'bad_output/line_too_long', ''],
  ['a chunk of endless lines', raw(...Array.from({ length: 40 }, () => `data: ${'a'.repeat(50_000)}\n`)), 'bad_output/line_too_long', ''],
  ['comments without end', raw(...Array.from({ length: 200 }, () => `: ${'a'.repeat(100_000)}\n`)), 'bad_output/response_too_large', ''],
  ['a web page', raw('<html><body>Login</body></html>'), 'provider_unavailable/stream_cut', ''],
  [
    'a body shorter than announced',
    { kind: 'raw', pieces: [hello, stop], ending: 'cut', headers: { 'content-length': '900' } },
    'provider_unavailable/connection_lost',
    'Hello ',
  ],
  [
    'an unknown packing',
    { kind: 'raw', pieces: [new Uint8Array([31, 139, 8, 0])], headers: { 'content-encoding': 'gzip' } },
    'provider_unavailable/stream_cut',
    '',
  ],
];

function toolCall(args: string): string {
  return event({ choices: [{ delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'weather', arguments: args } }] } }] });
}

test('there are at least thirty of them', () => expect(malformed.length).toBeGreaterThanOrEqual(30));

test.each(malformed)('R10: %s fails in its class; what had come is kept and marked', async (_name, fault, failed, partial) => {
  provider.script({ fault });
  const { result, events, of } = await runAgainst(provider, { limits: { idleMs: 300 } });
  const { error: failure } = result;
  expect(result).toMatchObject({ status: 'failed', outputs: {}, error: { node: 'ask' } });
  expect(`${failure?.class}/${failure?.reason}`.startsWith(failed)).toBe(true);
  expect(provider.calls).toHaveLength(1);
  const marked = of('output-end').map(({ value, complete }) => ({ value, complete }));
  expect(marked).toEqual(partial === '' ? [] : [{ value: partial, complete: false }]);
  expect(of('step-end').find(({ node }) => node === 'ask')).toMatchObject(
    partial === '' ? { status: 'failed' } : { outputs: { text: partial } },
  );
  expect(events.at(-1)?.type).toBe('run-end');
  expect(JSON.stringify(events)).not.toContain(providerKey);
});

/** Odd, and still an answer. */
const odd: [name: string, fault: Fault, text: string, usage: object][] = [
  ['characters torn apart', { kind: 'split-bytes' }, 'Grüße, 世界 🌏', { estimated: false }],
  ['no end mark but a finish reason', raw(hello, stop), 'Hello ', { estimated: true }],
  ['no finish reason but an end mark', raw(hello, done), 'Hello ', { estimated: true }],
  ['no usage', { kind: 'no-usage' }, 'Grüße, 世界 🌏', { estimated: true }],
  ['usage that is no number', raw(hello, stop, usage('1', null), done), 'Hello ', { estimated: true }],
  ['usage below zero', raw(hello, stop, usage(-5, 3), done), 'Hello ', { estimated: true, outputTokens: 2 }],
  ['usage beyond all numbers', raw(hello, stop, usage('1e999', 3).replaceAll('"1e999"', '1e999'), done), 'Hello ', { estimated: true }],
  [
    'bytes that are no characters',
    raw('data: {"choices":[{"delta":{"content":"a', new Uint8Array([0xff]), 'b"},"finish_reason":"stop"}]}\n\n', done),
    'a\uFFFDb',
    {},
  ],
  ['words after the end mark', raw(hello, stop, done, delta('more')), 'Hello ', {}],
];
function usage(input: unknown, output: unknown): string {
  return event({ choices: [], usage: { prompt_tokens: input, completion_tokens: output } });
}

test.each(odd)('R10: %s is an answer all the same', async (_name, fault, text, counted) => {
  provider.script({ fault });
  const { result } = await runAgainst(provider, { prompt: 'Grüße, 世界 🌏' });
  expect(result).toMatchObject({ status: 'succeeded', outputs: { reply: text }, usage: { calls: 1, ...counted } });
});
