import { type FakeWire, startWire } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatRequest, ModelProvider } from '../interface.ts';
import { reasoningOf, toolCallsOf } from '../messages.ts';
import { callWith, drain, rows } from '../testing/rows.ts';

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, warm: { type: 'boolean' } },
  required: ['city', 'warm'],
  additionalProperties: false,
};
const tools = [
  { name: 'weather', description: 'Tells the weather.', inputSchema: { type: 'object', properties: { city: { type: 'string' } } } },
];

vi.setConfig({ testTimeout: 60_000 });

describe.each(rows)('$name', (row) => {
  let fake: FakeWire;
  let provider: ModelProvider;
  beforeAll(async () => {
    fake = await startWire(row.wire, { secrets: row.secrets });
    provider = row.create(`${fake.origin}${row.base}`);
  });
  afterAll(() => fake.close());
  beforeEach(() => {
    fake.calls.length = 0;
  });
  const lacks = (what: NonNullable<typeof row.lacks>[number]) => row.lacks?.includes(what) === true;
  const asked: ChatRequest = {
    model: row.model,
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello 你好 there' },
    ],
  };
  const seen = () => fake.calls.at(-1)?.asked;

  test('a whole answer with its usage and model', async () => {
    fake.script({ usage: { input: 20, output: 9, cached: 4, reasoning: 3 } });
    expect(await provider.generate({ ...asked, maxOutputTokens: 500 }, callWith())).toEqual({
      text: 'Hello 你好 there',
      finishReason: 'stop',
      usage: {
        inputTokens: 20,
        outputTokens: 9,
        costUsd: null,
        estimated: false,
        ...(lacks('cached') ? {} : { cachedInputTokens: 4 }),
        ...(lacks('reasoning') ? {} : { reasoningTokens: 3 }),
      },
      model: row.model,
      simulated: false,
    });
    expect(seen()).toMatchObject({ kind: 'chat', stream: false, maxTokens: 500 });
    expect(fake.calls[0]?.headers['idempotency-key']).toBe('run:node:1');
  });

  test('a stream is its texts and one end', async () => {
    const { texts, end, failure } = await drain(provider.stream(asked, callWith()));
    expect(failure).toBeUndefined();
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join('')).toBe('Hello 你好 there');
    expect(end).toMatchObject({
      finishReason: 'stop',
      model: row.model,
      simulated: false,
      usage: { inputTokens: 10, outputTokens: 5, estimated: false },
    });
    expect(seen()).toMatchObject({ stream: true });
  });

  test('characters torn between pieces come out whole', async () => {
    fake.script({ text: '你好，世界 🌏é', fault: { kind: 'split-bytes' } });
    expect(await drain(provider.stream(asked, callWith()))).toMatchObject({ text: '你好，世界 🌏é', failure: undefined });
  });

  test('an answer cut at its length says so', async () => {
    fake.script({ finish: 'length' }, { finish: 'length' });
    expect(await provider.generate(asked, callWith())).toMatchObject({ finishReason: 'length' });
    expect((await drain(provider.stream(asked, callWith()))).end).toMatchObject({ finishReason: 'length' });
  });

  test('structured output is asked with its schema and comes as JSON, whole and streamed', async () => {
    const { text } = await provider.generate({ ...asked, schema }, callWith());
    expect(JSON.parse(text)).toEqual({ city: 'text', warm: true });
    expect(seen()?.schema).toMatchObject({ properties: { city: { type: 'string' } } });
    const streamed = await drain(provider.stream({ ...asked, schema }, callWith()));
    expect(JSON.parse(streamed.text)).toEqual({ city: 'text', warm: true });
  });

  const toolCalls = [
    { id: 'call_1', name: 'weather', input: { city: 'Oslo' } },
    { id: 'call_2', name: 'weather', input: { city: 'Bergen' } },
  ];

  test('tool calls come as parts, and their results go back with the turn', async () => {
    fake.script({ toolCalls });
    const first = await provider.generate({ ...asked, tools, toolChoice: 'required' }, callWith());
    expect(first).toMatchObject({ text: '', finishReason: 'tool_calls' });
    expect(seen()?.tools).toEqual(['weather']);
    const calls = toolCallsOf(first);
    expect(calls.map(({ name, input }) => ({ name, input }))).toEqual(toolCalls.map(({ name, input }) => ({ name, input })));
    const results = calls.map(({ id, name }) => ({ type: 'tool-result' as const, id, name, output: { degrees: 3 } }));
    const messages: ChatRequest['messages'] = [
      ...asked.messages,
      { role: 'assistant', content: first.parts ?? [] },
      { role: 'tool', content: results },
    ];
    expect(await provider.generate({ ...asked, messages, tools }, callWith())).toMatchObject({
      text: 'Hello 你好 there',
      finishReason: 'stop',
    });
    expect(seen()?.results?.map(({ output }) => output)).toEqual([expect.stringContaining('3'), expect.stringContaining('3')]);
  });

  test('streamed tool calls come whole with the end', async () => {
    fake.script({ text: 'I ask.', toolCalls });
    const { text, end } = await drain(provider.stream({ ...asked, tools }, callWith()));
    expect(text).toBe('I ask.');
    expect(end?.finishReason).toBe('tool_calls');
    expect(toolCallsOf(end ?? {}).map(({ input }) => input)).toEqual([{ city: 'Oslo' }, { city: 'Bergen' }]);
  });

  test('what is thought stays apart from the answer; its signature goes back with the turn', async () => {
    const reply = { text: 'Cold.', reasoning: 'It is winter.', toolCalls: toolCalls.slice(0, 1) };
    const thinking = { ...asked, model: row.thinker ?? row.model, tools, reasoning: 'medium' as const };
    fake.script(reply, reply);
    const whole = await provider.generate(thinking, callWith());
    const { text, reasoning, end } = await drain(provider.stream(thinking, callWith()));
    for (const result of [whole, { ...end, text }]) {
      expect(result.text).toBe('Cold.');
      expect(reasoningOf(result)).toBe('It is winter.');
    }
    expect(reasoning).toBe('It is winter.');
    expect(seen()?.reasoning).toBeDefined();
    if (row.signature === undefined) return;
    for (const parts of [whole.parts, end?.parts]) {
      const results = toolCallsOf({ parts }).map(({ id, name }) => ({ type: 'tool-result' as const, id, name, output: 'cold' }));
      await provider.generate(
        { ...thinking, messages: [...asked.messages, { role: 'assistant', content: parts ?? [] }, { role: 'tool', content: results }] },
        callWith(),
      );
      expect(seen()?.signatures).toEqual([row.signature]);
    }
  });

  test('media of every kind it takes travel inside the message', async () => {
    const types = { image: 'image/png', audio: 'audio/wav', video: 'video/mp4', file: 'application/pdf' };
    for (const [kind, mediaType] of Object.entries(types)) {
      const content = [
        { type: 'text' as const, text: 'What is this?' },
        { type: 'media' as const, mediaType, base64: 'AAAA' },
      ];
      const answer = provider.generate({ model: row.model, messages: [{ role: 'user', content }] }, callWith());
      if (row.takes.some((taken) => taken === kind)) {
        expect(await answer).toMatchObject({ text: 'What is this?' });
        expect(seen()?.media).toEqual([`${mediaType};AAAA`]);
      } else await expect(answer).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'media_not_taken', params: { mediaType } });
    }
  });

  test('a price is put on the tokens', async () => {
    const prices = new Map([[`mine/${row.model}`, { inputPerMillion: 100_000, outputPerMillion: 200_000 }]]);
    const priced = row.create(`${fake.origin}${row.base}`, { prices });
    expect((await priced.generate(asked, callWith())).usage.costUsd).toBeCloseTo(2);
    expect((await drain(priced.stream(asked, callWith()))).end?.usage.costUsd).toBeCloseTo(2);
  });

  test('models are listed, where the provider lists them', async () => {
    const models = await provider.listModels(callWith());
    if (lacks('list')) expect(models).toEqual([]);
    else expect(models).toEqual([expect.stringMatching(/one$/), expect.stringMatching(/two$/)]);
  });
});
