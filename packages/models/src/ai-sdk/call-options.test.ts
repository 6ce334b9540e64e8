import { expect, test } from 'vitest';
import type { ChatMessage, ChatRequest } from '../interface.ts';
import { callOptions } from './call-options.ts';

const { signal } = new AbortController();
const options = (request: Partial<ChatRequest>) => callOptions({ model: 'm', messages: [], ...request }, signal);
const prompt = (...messages: ChatMessage[]) => options({ messages }).prompt;

test('says only what was asked', () => {
  expect(options({})).toEqual({ prompt: [], abortSignal: signal });
  expect(options({ temperature: 0, maxOutputTokens: 5, reasoning: 'low' })).toMatchObject({
    temperature: 0,
    maxOutputTokens: 5,
    reasoning: 'low',
  });
});

test('a schema is a format; the task is never told', () => {
  const schema = { type: 'object' };
  const told = options({ schema, task: { kind: 'summarize', text: 'secret', sentences: 1 } });
  expect(told.responseFormat).toEqual({ type: 'json', name: 'answer', schema });
  expect(JSON.stringify(told)).not.toContain('secret');
});

test('tools and which of them', () => {
  const tools = [{ name: 'w', description: 'd', inputSchema: { type: 'object' } }];
  expect(options({ tools })).toMatchObject({ tools: [{ type: 'function', ...tools[0] }], toolChoice: { type: 'auto' } });
  expect(options({ tools, toolChoice: 'none' }).toolChoice).toEqual({ type: 'none' });
  expect(options({ tools, toolChoice: { name: 'w' } }).toolChoice).toEqual({ type: 'tool', toolName: 'w' });
  expect(options({ tools: [], toolChoice: 'required' })).not.toHaveProperty('toolChoice');
});

test('each role has its own form, and stays its own message', () => {
  const opaque = { anthropic: { signature: 's' } };
  expect(
    prompt(
      {
        role: 'system',
        content: [
          { type: 'text', text: 'Be ' },
          { type: 'text', text: 'brief.' },
        ],
      },
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'hm', opaque },
          { type: 'text', text: 'Hello' },
          { type: 'tool-call', id: '1', name: 'w', input: { a: 1 } },
        ],
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', id: '1', name: 'w', output: 'sun' },
          { type: 'tool-result', id: '2', name: 'w', output: { a: 1 } },
          { type: 'tool-result', id: '3', name: 'w', output: 'no', failed: true },
          { type: 'tool-result', id: '4', name: 'w', output: { e: 1 }, failed: true },
        ],
      },
    ),
  ).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', providerOptions: opaque },
        { type: 'text', text: 'Hello' },
        { type: 'tool-call', toolCallId: '1', toolName: 'w', input: { a: 1 } },
      ],
    },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', toolCallId: '1', toolName: 'w', output: { type: 'text', value: 'sun' } },
        { type: 'tool-result', toolCallId: '2', toolName: 'w', output: { type: 'json', value: { a: 1 } } },
        { type: 'tool-result', toolCallId: '3', toolName: 'w', output: { type: 'error-text', value: 'no' } },
        { type: 'tool-result', toolCallId: '4', toolName: 'w', output: { type: 'error-json', value: { e: 1 } } },
      ],
    },
  ]);
});

test('media are files by their content, never by an address', () => {
  const content = [{ type: 'media' as const, mediaType: 'application/pdf', base64: 'AAAA', name: 'a.pdf' }];
  expect(prompt({ role: 'user', content })).toEqual([
    { role: 'user', content: [{ type: 'file', mediaType: 'application/pdf', data: { type: 'data', data: 'AAAA' }, filename: 'a.pdf' }] },
  ]);
});

test('a part at the wrong place is left out', () => {
  const stray = { type: 'tool-result' as const, id: '1', name: 'w', output: 'x' };
  expect(prompt({ role: 'user', content: [stray] }, { role: 'assistant', content: [stray] })).toEqual([
    { role: 'user', content: [] },
    { role: 'assistant', content: [] },
  ]);
});
