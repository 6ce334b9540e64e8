import { cannedRequest } from '@patchbay/testing';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { ModelError } from '../errors.ts';
import type { CallContext, ChatRequest } from '../interface.ts';
import { drain, rows } from '../testing/rows.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Words the dialects are made of, so that what is sent is often nearly right. */
const words = [
  'type',
  'error',
  'message',
  'content',
  'text',
  'delta',
  'choices',
  'candidates',
  'parts',
  'usage',
  'output',
  'index',
  'role',
  'finish_reason',
  'finishReason',
  'tool_calls',
  'function',
  'arguments',
  'content_block_start',
  'content_block_delta',
  'message_start',
  'message_delta',
  'response',
  'response.completed',
  'response.output_text.delta',
  'item',
  'stop',
  'STOP',
  'usageMetadata',
  'stopReason',
  'thinking',
  'id',
  'model',
]; // prettier-ignore
const word = fc.constantFrom(...words);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('record'),
  ),
  record: fc.dictionary(word, tie('value'), { maxKeys: 5 }),
}));
const event = fc.tuple(word, value).map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  value.map((data) => JSON.stringify(data)),
  fc.array(event, { maxLength: 5 }).map((events) => events.join('')),
  fc.string(),
);

describe.each(rows)('$name', (row) => {
  const asked: ChatRequest = { model: row.model, messages: [{ role: 'user', content: 'Hi' }] };
  const provider = row.create(`http://127.0.0.1:1${row.base}`);
  const call = (bytes: string | Uint8Array, status: number): CallContext => ({
    // A token is always had: what follows it is what is looked at.
    request: ({ url }) =>
      cannedRequest([url.endsWith('/token') ? '{"access_token":"t","expires_in":3600}' : bytes], url.endsWith('/token') ? 200 : status)(),
    signal: new AbortController().signal,
  });

  test('whatever comes ends in an answer or in one of our errors, whole and streamed', async () => {
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(200, 200, 200, 400, 500), async (bytes, status) => {
        const whole = await provider.generate(asked, call(bytes, status)).then(
          ({ text }) => typeof text === 'string',
          (error: unknown) => error instanceof ModelError,
        );
        const { end, failure } = await drain(provider.stream(asked, call(bytes, status)));
        expect([whole, failure instanceof ModelError || end !== undefined]).toEqual([true, true]);
      }),
      { numRuns: 60 },
    );
  });
});
