import { describe, expect, test } from 'vitest';
import type { CallContext, ChatMessage, ChatRequest, Json, ToolDefinition } from '../interface.ts';
import { createDemoProvider } from './provider.ts';
import { toolCallOf } from './tool-call.ts';

const tool = (name: string, description: string, properties: Record<string, Json>, required = Object.keys(properties)): ToolDefinition => ({
  name,
  description,
  inputSchema: { type: 'object', properties, required, additionalProperties: false },
});
const tools = [
  tool('calculator', 'Works out a sum.', { expression: { type: 'string' } }),
  tool('clock', 'Tells the date, the time and the day of the week now.', { zone: { type: 'string' } }, []),
  tool('order_state', 'Looks up where an order is, 查询订单状态.', {
    order: { type: 'string', description: 'Order number' },
    count: { type: 'integer' },
  }),
];
const asking = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'auto',
  messages: [{ role: 'user', content }],
  tools,
  ...more,
});
const answered = (output: Json, failed?: true): ChatMessage[] => [
  { role: 'user', content: 'How much is 2*3?' },
  { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'calculator', input: {} }] },
  { role: 'tool', content: [{ type: 'tool-result', id: 'c', name: 'calculator', output, ...(failed && { failed }) }] },
];
const offline: CallContext = { signal: new AbortController().signal, request: () => Promise.reject(new Error('offline')) };
const demo = createDemoProvider({ delayMs: 0 });

describe('the demo model calls the tool whose words the prompt shares', () => {
  test.each([
    ['What is (12 + 3) * 4?', 'calculator', { expression: '(12 + 3) * 4' }],
    ['What day is it today?', 'clock', {}],
    ['今天星期几？', 'clock', {}],
    ['Where is my order #A-20417?', 'order_state', { order: 'A-20417', count: 0 }],
    ['请查询订单状态', 'order_state', { order: '请查询订单状态', count: 0 }],
  ])('%s', (prompt, name, input) => expect(toolCallOf(asking(prompt))).toMatchObject({ type: 'tool-call', name, input }));

  test('none where none fits, none where none may be called, and one where one has to be', () => {
    expect(toolCallOf(asking('Hello there'))).toBeUndefined();
    expect(toolCallOf(asking('What is 1+1?', { toolChoice: 'none' }))).toBeUndefined();
    expect(toolCallOf(asking('Hello there', { toolChoice: 'required' }))?.name).toBe('calculator');
    expect(toolCallOf(asking('What is 1+1?', { toolChoice: { name: 'clock' } }))?.name).toBe('clock');
    expect(toolCallOf({ ...asking('What is 1+1?'), tools: undefined })).toBeUndefined();
  });
});

test('whole and streamed it asks alike, and echo never does', async () => {
  const whole = await demo.generate(asking('What is 1+1?'), offline);
  expect(whole).toMatchObject({ text: '', finishReason: 'tool_calls', parts: [{ name: 'calculator' }], simulated: true });
  const chunks = [];
  for await (const chunk of demo.stream(asking('What is 1+1?'), offline)) chunks.push(chunk);
  expect(chunks).toMatchObject([{ type: 'end', finishReason: 'tool_calls', parts: whole.parts }]);
  expect((await demo.generate({ ...asking('What is 1+1?'), model: 'echo' }, offline)).text).toBe('What is 1+1?');
});

test('it answers with what the tools gave, or why they could not, and does not ask again', async () => {
  const answer = async (messages: ChatMessage[]) => (await demo.generate({ model: 'auto', messages, tools }, offline)).text;
  expect(await answer(answered({ data: 6 }))).toContain('The tool “calculator” gave: 6');
  expect(await answer(answered({ error: 'No sum.' }, true))).toContain('could not help: No sum.');
  // A new question begins anew.
  expect(await answer([...answered({ data: 6 }), { role: 'assistant', content: '6' }, { role: 'user', content: 'Thanks' }])).not.toContain(
    'gave: 6',
  );
});
