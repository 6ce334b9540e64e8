import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drain } from '../testing/rows.ts';
import type { Asked } from './parts.ts';
import { readStream } from './stream.ts';

const asked: Asked = {
  request: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
  context: { provider: 'p', model: 'm', secrets: [] },
  price: () => 1,
};
const usageOf = (input?: number, output?: number): LanguageModelV4Usage => ({
  inputTokens: { total: input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: output, text: undefined, reasoning: undefined },
});
type Unified = Extract<LanguageModelV4StreamPart, { type: 'finish' }>['finishReason']['unified'];
const finish = (unified: Unified = 'stop', raw: string | null = 'end', usage = usageOf(1, 2)): LanguageModelV4StreamPart => ({
  type: 'finish',
  finishReason: { unified, raw: raw ?? undefined },
  usage,
});
const block = (type: 'text' | 'reasoning', id: string, ...deltas: string[]): LanguageModelV4StreamPart[] => [
  { type: `${type}-start`, id },
  ...deltas.map((delta): LanguageModelV4StreamPart => ({ type: `${type}-delta`, id, delta })),
  { type: `${type}-end`, id },
];
const streamOf = (parts: readonly LanguageModelV4StreamPart[]) =>
  new ReadableStream<LanguageModelV4StreamPart>({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
const read = (...parts: LanguageModelV4StreamPart[]) => drain(readStream(streamOf(parts), asked));

test('however a text is cut, it comes out whole and in its pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), async (pieces) => {
      const { texts, end, failure } = await read(...block('text', '1', ...pieces), finish());
      expect([texts, failure]).toEqual([pieces, undefined]);
      expect(end).toMatchObject({ finishReason: 'stop', usage: { inputTokens: 1, outputTokens: 2, costUsd: 1 } });
      expect(end).not.toHaveProperty('parts');
    }),
  );
});

test('thinking, text and calls are parts in the order in which they began, with what belongs to them', async () => {
  const { text, reasoning, end } = await read(
    { type: 'reasoning-start', id: 'r' },
    { type: 'reasoning-delta', id: 'r', delta: 'hm', providerMetadata: { x: { a: 1 } } },
    ...block('text', 't', 'One', '', ' two'),
    { type: 'reasoning-end', id: 'r', providerMetadata: { x: { signature: 's' } } },
    { type: 'tool-call', toolCallId: '1', toolName: 'w', input: '{"a":1}' },
    { type: 'tool-call', toolCallId: '2', toolName: 'search', input: '{}', providerExecuted: true },
    { type: 'file', mediaType: 'image/png', data: { type: 'data', data: new Uint8Array([1, 2, 3]) } },
    { type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('http://x/y') } },
    { type: 'response-metadata', modelId: 'm-2026' },
    finish('tool-calls'),
  );
  expect([text, reasoning]).toEqual(['One two', 'hm']);
  expect(end).toMatchObject({ finishReason: 'tool_calls', model: 'm-2026' });
  expect(end?.parts).toEqual([
    { type: 'reasoning', text: 'hm', opaque: { x: { a: 1, signature: 's' } } },
    { type: 'text', text: 'One two' },
    { type: 'tool-call', id: '1', name: 'w', input: { a: 1 } },
    { type: 'media', mediaType: 'image/png', base64: 'AQID' },
  ]);
});

const words = block('text', '1', 'One');
test.each<[string, LanguageModelV4StreamPart[], string, string]>([
  ['no end', words, 'provider_unavailable', 'stream_cut'],
  ['an end without a reason', [...words, finish('other', null)], 'provider_unavailable', 'stream_cut'],
  ['an interruption', [...words, finish('interrupted', null)], 'provider_unavailable', 'stream_cut'],
  ['a filter', [...words, finish('content-filter')], 'content_filtered', 'content_filtered'],
  ['a filter in the provider’s own word', [...words, finish('other', 'content_filter')], 'content_filtered', 'content_filtered'],
  ['an error at the end', [...words, finish('error')], 'bad_output', 'malformed_answer'],
  [
    'a broken call',
    [...words, { type: 'tool-call', toolCallId: '1', toolName: 'w', input: '{"a' }, finish()],
    'bad_output',
    'malformed_tool_call',
  ],
])('%s is a failure after the text that came', async (_name, parts, errorClass, reason) => {
  expect(await read(...parts)).toMatchObject({ text: 'One', end: undefined, failure: { errorClass, reason } });
});

test('nothing is no answer; thinking alone is none either, unless the length cut it off', async () => {
  expect((await read(finish())).failure).toMatchObject({ reason: 'empty_answer' });
  expect((await read(...block('reasoning', '1', 'hm'), finish())).failure).toMatchObject({ reason: 'empty_answer' });
  expect((await read(...block('reasoning', '1', 'hm'), finish('length'))).end).toMatchObject({ finishReason: 'length' });
});

test.each([
  [undefined, undefined],
  [-1, 2],
  [1, Number.POSITIVE_INFINITY],
])('figures nobody can count by (%s, %s) are estimated', async (input, output) => {
  const { end } = await read(...words, finish('stop', 'end', usageOf(input, output)));
  expect(end?.usage.estimated).toBe(true);
  expect(end?.usage.inputTokens).toBeGreaterThan(0);
  expect(Number.isFinite(end?.usage.outputTokens)).toBe(true);
});

test('an error in the stream is thrown as it is, after what came before', async () => {
  const error = new Error('x');
  expect(await read(...words, { type: 'error', error }, finish())).toMatchObject({ text: 'One', failure: error, end: undefined });
});

test('leaving early cancels the stream', async () => {
  let cancelled = false;
  const stream = new ReadableStream<LanguageModelV4StreamPart>({
    start: (controller) => {
      for (const part of words) controller.enqueue(part);
    },
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const chunk of readStream(stream, asked)) {
    expect(chunk).toEqual({ type: 'text', text: 'One' });
    break;
  }
  expect(cancelled).toBe(true);
});
