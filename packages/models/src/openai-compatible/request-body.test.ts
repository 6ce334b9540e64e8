import { expect, test } from 'vitest';
import type { ChatRequest } from '../interface.ts';
import { dialectOf, requestBody } from './request-body.ts';

const dialect = dialectOf('http://127.0.0.1/v1');
const body = (request: Partial<ChatRequest>, stream = false) =>
  JSON.parse(requestBody({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...request }, stream, dialect)) as Record<
    string,
    unknown
  >;

test('says only what was asked', () => {
  expect(body({})).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
});

test('system and user stay separate messages', () => {
  const messages: ChatRequest['messages'] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ];
  expect(body({ messages })['messages']).toEqual(messages);
});

test('settings have the wire’s names', () => {
  expect(body({ temperature: 0, maxOutputTokens: 50 })).toMatchObject({ temperature: 0, max_tokens: 50 });
  const own = JSON.parse(requestBody({ model: 'm', messages: [], maxOutputTokens: 50 }, false, dialectOf('https://api.openai.com/v1')));
  expect(own).toEqual({ model: 'm', messages: [], max_completion_tokens: 50 });
});

test('a schema travels as a response format, the task never', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const sent = body({ schema, task: { kind: 'summarize', text: 'secret task', sentences: 1 } });
  expect(sent['response_format']).toEqual({ type: 'json_schema', json_schema: { name: 'answer', schema } });
  expect(JSON.stringify(sent)).not.toContain('secret task');
});

test('a server that takes no schema is asked for JSON alone', () => {
  const sent = requestBody({ model: 'm', messages: [], schema: { type: 'object' } }, false, dialectOf('https://api.deepseek.com/v1'));
  expect(JSON.parse(sent)).toEqual({ model: 'm', messages: [], response_format: { type: 'json_object' } });
});

test('a stream asks for its usage', () => {
  expect(body({}, true)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
});

test.each([
  ['image/png', { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
  ['audio/wav', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }],
  ['audio/mpeg', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } }],
  ['application/pdf', { type: 'file', file: { filename: 'file', file_data: 'data:application/pdf;base64,AAAA' } }],
])('%s travels inside the message', (mediaType, expected) => {
  const content = [
    { type: 'text' as const, text: 'What is this?' },
    { type: 'media' as const, mediaType, base64: 'AAAA' },
  ];
  expect(body({ messages: [{ role: 'user', content }] })['messages']).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'What is this?' }, expected] },
  ]);
});
