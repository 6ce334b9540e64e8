import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import type { CallContext, ChatChunk, ChatRequest } from '../interface.ts';
import { reasoningOf, toolCallsOf } from '../messages.ts';
import { createOpenAiCompatible } from './provider.ts';
import { requestBody } from './request-body.ts';

const provider = createOpenAiCompatible({ id: 'local', baseUrl: 'http://x/v1' });
const asked: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Weather in Oslo?' }] };
const call = (...pieces: string[]): CallContext => ({ signal: new AbortController().signal, request: cannedRequest(pieces) });
const whole = (message: object, finish = 'tool_calls', usage: object = {}) =>
  JSON.stringify({ model: 'm', choices: [{ message: { role: 'assistant', ...message }, finish_reason: finish }], usage });
const delta = (part: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ delta: part, finish_reason: finish }] })}\n\n`;
const weather = (id: string, written: string) => ({ id, type: 'function', function: { name: 'weather', arguments: written } });

test('tools, their choice and how long to think travel in the wire’s form', () => {
  const tools = [{ name: 'weather', description: 'Tells the weather.', inputSchema: { type: 'object' } }];
  const body = (more: Partial<ChatRequest>) =>
    JSON.parse(requestBody({ ...asked, tools, ...more }, false, { maxTokensField: 'max_tokens', jsonFormat: 'json_schema' }));
  expect(body({ reasoning: 'low' })).toMatchObject({
    tools: [{ type: 'function', function: { name: 'weather', description: 'Tells the weather.', parameters: { type: 'object' } } }],
    reasoning_effort: 'low',
  });
  expect(body({})).not.toHaveProperty('tool_choice');
  expect(body({ toolChoice: 'required' }).tool_choice).toBe('required');
  expect(body({ toolChoice: { name: 'weather' } }).tool_choice).toEqual({ type: 'function', function: { name: 'weather' } });
  expect(body({ tools: [], toolChoice: 'required' })).not.toHaveProperty('tool_choice');
});

test('a turn with calls and the results of them go back as the wire has it', () => {
  const messages: ChatRequest['messages'] = [
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm' },
        { type: 'tool-call', id: 'a', name: 'weather', input: { city: 'Oslo' } },
      ],
    },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', id: 'a', name: 'weather', output: { degrees: 3 } },
        { type: 'tool-result', id: 'b', name: 'weather', output: 'none', failed: true },
      ],
    },
  ];
  const body = JSON.parse(requestBody({ model: 'm', messages }, false, { maxTokensField: 'max_tokens', jsonFormat: 'json_schema' }));
  expect(body.messages).toEqual([
    { role: 'assistant', content: null, tool_calls: [weather('a', '{"city":"Oslo"}')] },
    { role: 'tool', tool_call_id: 'a', content: '{"degrees":3}' },
    { role: 'tool', tool_call_id: 'b', content: 'none' },
  ]);
});

test('several calls and the thinking before them are parts of the answer', async () => {
  const message = { content: null, reasoning_content: 'Two cities.', tool_calls: [weather('a', '{"city":"Oslo"}'), weather('b', '')] };
  const result = await provider.generate(asked, call(whole(message)));
  expect(result).toMatchObject({ text: '', finishReason: 'tool_calls' });
  expect(reasoningOf(result)).toBe('Two cities.');
  expect(toolCallsOf(result)).toEqual([
    { type: 'tool-call', id: 'a', name: 'weather', input: { city: 'Oslo' } },
    { type: 'tool-call', id: 'b', name: 'weather', input: {} },
  ]);
});

test('broken arguments are bad output, never a call', async () => {
  const message = { content: null, tool_calls: [weather('a', '{"city":"Os')] };
  await expect(provider.generate(asked, call(whole(message, 'length')))).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason: 'malformed_tool_call',
    params: { tool: 'weather' },
  });
});

test('a streamed call comes together from its pieces; thinking streams apart from the answer', async () => {
  const piece = (index: number, part: object) => delta({ tool_calls: [{ index, ...part }] });
  const pieces = [
    delta({ reasoning_content: 'Let me ' }),
    delta({ reasoning_content: 'see.' }) + delta({ content: 'I ask.' }),
    piece(0, { id: 'a', type: 'function', function: { name: 'weather', arguments: '' } }),
    piece(1, { id: 'b', type: 'function', function: { name: 'weather', arguments: '{"city":' } }),
    piece(0, { function: { arguments: '{"city":"Oslo"}' } }) + piece(1, { function: { arguments: '"Bergen"}' } }),
    delta({}, 'tool_calls'),
    'data: [DONE]\n\n',
  ];
  const chunks: ChatChunk[] = [];
  for await (const chunk of provider.stream(asked, call(...pieces))) chunks.push(chunk);
  expect(chunks.slice(0, -1)).toEqual([
    { type: 'reasoning', text: 'Let me ' },
    { type: 'reasoning', text: 'see.' },
    { type: 'text', text: 'I ask.' },
  ]);
  expect(chunks.at(-1)).toMatchObject({
    type: 'end',
    finishReason: 'tool_calls',
    parts: [
      { type: 'reasoning', text: 'Let me see.' },
      { type: 'text', text: 'I ask.' },
      { type: 'tool-call', id: 'a', input: { city: 'Oslo' } },
      { type: 'tool-call', id: 'b', input: { city: 'Bergen' } },
    ],
  });
});

test.each([
  [
    { prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 2 } },
    { cachedInputTokens: 4, reasoningTokens: 2 },
  ],
  [{ prompt_cache_hit_tokens: 4 }, { cachedInputTokens: 4 }],
])('figures of cache and thinking are kept: %j', async (details, expected) => {
  const { usage } = await provider.generate(
    asked,
    call(whole({ content: 'x' }, 'stop', { prompt_tokens: 9, completion_tokens: 5, ...details })),
  );
  expect(usage).toEqual({ inputTokens: 9, outputTokens: 5, costUsd: null, estimated: false, ...expected });
});
