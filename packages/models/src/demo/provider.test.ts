import { expect, test } from 'vitest';
import type { CallContext, ChatChunk, ChatRequest } from '../interface.ts';
import { createDemoProvider } from './provider.ts';

const demo = createDemoProvider({ delayMs: 0 });
const call = (signal = new AbortController().signal): CallContext => ({
  signal,
  request: () => Promise.reject(new Error('the demo model never goes out')),
});
const ask = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'auto',
  messages: [{ role: 'user', content: text }],
  ...more,
});
const json = async (request: ChatRequest): Promise<unknown> => JSON.parse((await demo.generate(request, call())).text);

async function drain(stream: AsyncIterable<ChatChunk>): Promise<{ texts: string[]; end: ChatChunk | undefined }> {
  const chunks: ChatChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { texts: chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : [])), end: chunks.at(-1) };
}

test('every answer is marked simulated, costs nothing and counts its tokens', async () => {
  expect(await demo.generate(ask('Hello'), call())).toMatchObject({
    finishReason: 'stop',
    model: 'auto',
    simulated: true,
    usage: { inputTokens: 6, costUsd: 0, estimated: true },
  });
});

test('the echo model gives the last user text back unchanged', async () => {
  const text = ' Where is\n\nmy **refund**? 我的 ';
  const messages: ChatRequest['messages'] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'ok' },
    { role: 'user', content: text },
  ];
  expect((await demo.generate({ model: 'echo', messages }, call())).text).toBe(text);
  const slow = createDemoProvider({ delayMs: 1 });
  expect((await drain(slow.stream({ model: 'echo', messages }, call()))).texts.join('')).toBe(text);
});

test('streams word by word and ends with the same figures as a whole answer', async () => {
  const slow = createDemoProvider({ delayMs: 1 });
  const whole = await slow.generate(ask('Tell me more'), call());
  const { texts, end } = await drain(slow.stream(ask('Tell me more'), call()));
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.join('')).toBe(whole.text);
  const { text: _, ...figures } = whole;
  expect(end).toEqual({ type: 'end', ...figures });
});

test('takes its time, and less per word for a long answer', async () => {
  const slow = createDemoProvider({ delayMs: 5 });
  const start = performance.now();
  await drain(
    slow.stream({ model: 'echo', messages: [{ role: 'user', content: 'one two three four five six seven eight nine ten' }] }, call()),
  );
  expect(performance.now() - start).toBeGreaterThan(40);
});

test('stops within a pause when told, before and during the answer', async () => {
  const stopping = new AbortController();
  const slow = createDemoProvider({ delayMs: 10_000 });
  const reading = drain(slow.stream(ask('Hello'), call(stopping.signal)));
  setTimeout(() => stopping.abort(), 10);
  await expect(reading).rejects.toMatchObject({ errorClass: 'cancelled' });
  await expect(demo.generate(ask('Hello'), call(AbortSignal.abort()))).rejects.toMatchObject({ errorClass: 'cancelled' });
});

test('a limit of tokens cuts at a word and says so', async () => {
  const { text, finishReason, usage } = await demo.generate(
    { ...ask('one two three four five six'), model: 'echo', maxOutputTokens: 3 },
    call(),
  );
  expect(text).toBe('one two');
  expect(finishReason).toBe('length');
  expect(usage.outputTokens).toBeLessThanOrEqual(3);
});

test('a model it does not have is refused', async () => {
  await expect(demo.generate({ ...ask('x'), model: 'gpt-4' }, call())).rejects.toMatchObject({
    errorClass: 'invalid_input',
    reason: 'model_not_found',
  });
  expect(await demo.listModels(call())).toEqual(['auto', 'echo']);
});

const labels = [
  { id: 'refund', title: 'Refund' },
  { id: 'other', title: 'Other' },
];
test('a classification answers as JSON, under the names of the schema where there is one', async () => {
  const task = { kind: 'classify' as const, text: 'Where is my refund?', labels };
  expect(await json(ask('x', { task }))).toMatchObject({ label: 'refund', confidence: expect.any(Number) });
  const schema = {
    type: 'object',
    properties: { choice: { type: 'string', enum: ['refund', 'other'] }, why: { type: 'string' }, certainty: { type: 'number' } },
  };
  expect(await json(ask('x', { task, schema }))).toMatchObject({ choice: 'refund', certainty: expect.any(Number) });
});

test('an extraction answers by field ids, null where nothing was found', async () => {
  const fields = [
    { id: 'mail', title: 'E-mail', type: 'text' },
    { id: 'total', title: 'Total', type: 'number' },
  ];
  expect(await json(ask('x', { task: { kind: 'extract', text: 'Write to a@b.io', fields } }))).toEqual({ mail: 'a@b.io', total: null });
});

test('a summary and a translation are plain text', async () => {
  const text = 'The bridge opened. The bridge is long. Cats sleep.';
  expect((await demo.generate(ask('x', { task: { kind: 'summarize', text, sentences: 1 } }), call())).text).toBe('The bridge opened.');
  expect((await demo.generate(ask('x', { task: { kind: 'translate', text: 'Hello', target: 'zh-Hans' } }), call())).text).toBe('你好');
});

test('a schema alone is filled with what the prompt plainly says, else with the smallest value', async () => {
  const schema = {
    type: 'object',
    properties: { email: { type: 'string' }, amount: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } },
  };
  expect(await json(ask('I am a@b.io and paid $12.50', { schema, task: { kind: 'chat' } }))).toEqual({
    email: 'a@b.io',
    amount: 12.5,
    tags: [],
  });
  expect(await json(ask('nothing', { schema }))).toEqual({ email: 'demo', amount: 0, tags: [] });
});

test('a hundred thousand characters are answered without holding everyone up', async () => {
  const start = performance.now();
  await demo.generate(ask('word '.repeat(200_000)), call());
  expect(performance.now() - start).toBeLessThan(10_000);
});
