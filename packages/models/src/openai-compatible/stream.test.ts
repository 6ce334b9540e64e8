import { cannedRequest } from '@patchbay/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModelError } from '../errors.ts';
import type { CallContext, ChatChunk } from '../interface.ts';
import { createOpenAiCompatible } from './provider.ts';

const provider = createOpenAiCompatible({ id: 'any', baseUrl: 'http://x.example/v1' });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const delta = (content: unknown, finish: string | null = null) => ({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });

async function read(pieces: (string | Uint8Array)[]) {
  const call: CallContext = { signal: new AbortController().signal, request: cannedRequest(pieces) };
  const chunks: ChatChunk[] = [];
  let failure: unknown;
  try {
    for await (const chunk of provider.stream({ model: 'm', messages: [] }, call)) chunks.push(chunk);
  } catch (error) {
    failure = error;
  }
  const text = chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join('');
  return { text, end: chunks.find((chunk) => chunk.type === 'end'), failure };
}

const words = ['Hello ', '你好 ', '🌏 ', 'é', ' end'];
const canonical = [
  ...words.map((word) => event(delta(word))),
  event(delta(undefined, 'stop')),
  event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 5 } }),
  event('[DONE]'),
].join('');

test('the same however the bytes are cut', async () => {
  const all = bytesOf(canonical);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 20 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), all.length];
      const { text, end, failure } = await read(places.slice(1).map((to, index) => all.subarray(places[index], to)));
      expect(failure).toBeUndefined();
      expect(text).toBe(words.join(''));
      expect(end).toMatchObject({ finishReason: 'stop', usage: { inputTokens: 3, outputTokens: 5, estimated: false } });
    }),
  );
});

test('cut off anywhere before its finish reason it is a failure, with the text until then', async () => {
  const all = bytesOf(canonical);
  const finish = bytesOf(canonical.slice(0, canonical.indexOf('"stop"'))).length;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: finish }), async (length) => {
      const { text, end, failure } = await read([all.subarray(0, length)]);
      expect(end).toBeUndefined();
      expect(failure).toBeInstanceOf(ModelError);
      expect(words.join('').startsWith(text)).toBe(true);
    }),
  );
});

test('any bytes at all end in an answer or in one of our errors, never in another', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json().map((json) => bytesOf(event(json))),
    fc.constant(bytesOf(event(delta('x')))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const { end, failure } = await read(pieces);
      if (failure === undefined) expect(end).toBeDefined();
      else expect(failure).toBeInstanceOf(ModelError);
    }),
  );
});

/** Streams as servers of this wire have been seen to send them. */
const dialects: [name: string, events: string[], expected: object][] = [
  [
    'comments between events',
    [': OPENROUTER PROCESSING\n\n', event(delta('a')), ': ping\n\n', event(delta('b', 'stop')), event('[DONE]')],
    { text: 'ab' },
  ],
  [
    'usage inside the last chunk',
    [event(delta('a')), event({ ...delta('', 'stop'), usage: { prompt_tokens: 1, completion_tokens: 2 } }), event('[DONE]')],
    { text: 'a', end: { usage: { inputTokens: 1, outputTokens: 2 } } },
  ],
  [
    'usage null until the end',
    [event({ ...delta('a'), usage: null }), event({ ...delta(null, 'stop'), usage: null }), event('[DONE]')],
    { text: 'a', end: { usage: { estimated: true } } },
  ],
  [
    'reasoning apart from the answer',
    [
      event({ choices: [{ delta: { reasoning_content: 'hm', content: null } }] }),
      event(delta('a')),
      event(delta('', 'stop')),
      event('[DONE]'),
    ],
    { text: 'a' },
  ],
  [
    'a first chunk without choices',
    [event({ choices: [], prompt_filter_results: [] }), event(delta('a', 'stop')), event('[DONE]')],
    { text: 'a' },
  ],
  ['lines that end with CR LF', [event(delta('a', 'stop')).replaceAll('\n', '\r\n'), 'data: [DONE]\r\n\r\n'], { text: 'a' }],
  ['no space after the colon', [`data:${JSON.stringify(delta('a', 'stop'))}\n\n`, 'data:[DONE]\n\n'], { text: 'a' }],
  [
    'an empty answer that was meant',
    [event(delta('')), event(delta('', 'stop')), event('[DONE]')],
    { text: '', end: { finishReason: 'stop' } },
  ],
  [
    'an old finish reason',
    [event(delta('a')), event(delta(undefined, 'eos')), event('[DONE]')],
    { text: 'a', end: { finishReason: 'other' } },
  ],
];
test.each(dialects)('understands %s', async (_name, events, expected) => {
  const { failure, ...result } = await read(events);
  expect(failure).toBeUndefined();
  expect(result).toMatchObject(expected);
});
