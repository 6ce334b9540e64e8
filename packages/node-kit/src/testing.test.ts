import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineNode } from './definition.ts';
import { field } from './field.ts';
import { sampleNodes } from './testing/sample-catalogue.ts';
import { fakeContext, runExample, runNode, textStream } from './testing.ts';
import { chunksOf, isTextStream, textOf } from './text-stream.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const title = { title: { en: 'x', 'zh-Hans': 'x' } };
const shout = defineNode({
  type: 'shout',
  version: 1,
  category: 'text',
  icon: 'x',
  repeatable: true,
  words: { title: title.title, summary: title.title, synonyms: [] },
  config: z.strictObject({ end: field.text(title, '!') }),
  ports: {
    inputs: [
      { id: 'text', title: 'Text', type: 'text', required: true, stream: true },
      { id: 'times', title: 'Times', type: 'number', required: false, default: 1 },
    ],
    outputs: [
      { id: 'text', title: 'Text', type: 'text', stream: true },
      { id: 'length', title: 'Length', type: 'number' },
    ],
  },
  examples: [{ name: title.title, config: { end: '{{mark}}' }, inputs: { text: 'hi', mark: '?' }, outputs: { text: 'HI?', length: 2 } }],
  async *run({ config, inputs }) {
    let length = 0;
    for await (const chunk of chunksOf(inputs['text'])) {
      length += chunk.length;
      yield { port: 'text', text: chunk.toUpperCase() };
    }
    yield { port: 'text', text: config.end.repeat(Number(inputs['times'])) };
    return { length };
  },
});

test('runs a node alone, with chips filled, defaults put in and chunks joined', async () => {
  expect(await runNode(shout, { config: { end: '{{mark}}' }, inputs: { text: textStream('he', 'y'), mark: '?' } })).toEqual({
    outputs: { text: 'HEY?', length: 3 },
    chunks: [
      { port: 'text', text: 'HE' },
      { port: 'text', text: 'Y' },
      { port: 'text', text: '?' },
    ],
  });
  const [example] = shout.examples;
  expect(example && (await runExample(shout, example)).outputs).toEqual(example?.outputs);
});

test('a plain answer and a promise are the outputs themselves', async () => {
  const { prompt, input } = sampleNodes;
  expect(prompt && (await runNode(prompt, { config: { template: 'Hi {{who}}' }, inputs: { who: 'Ada' } })).outputs).toEqual({
    text: 'Hi Ada',
  });
  expect(input && (await runNode(input, { inputs: { text: 'x' } })).outputs).toEqual({});
});

test('a wrong config or a missing input is a mistake of the test', async () => {
  await expect(runNode(shout, { config: { end: 7 }, inputs: { text: 'x' } })).rejects.toThrow('This must be a text.');
  await expect(runNode(shout, {})).rejects.toThrow('input text is required');
});

test('the world of a lone node echoes, and has no network', async () => {
  const ctx = fakeContext({ locale: 'zh-Hans' });
  expect(ctx.locale).toBe('zh-Hans');
  expect(await ctx.models.chat({ model: 'auto', messages: [{ role: 'user', content: 'Hello there' }] })).toMatchObject({
    text: 'Hello there',
    simulated: true,
  });
  const chunks = await all(ctx.models.stream({ model: 'auto', messages: [{ role: 'user', content: 'Hello there' }] }));
  expect(chunks.map((chunk) => chunk.type)).toEqual(['text', 'text', 'end']);
  await expect(ctx.http.request({ url: 'https://example.com', method: 'GET', headers: {} })).rejects.toMatchObject({
    errorClass: 'provider_unavailable',
  });
});

test('text is read the same way whether it streams or not', async () => {
  const stream = textStream('a', 'b');
  expect(isTextStream(stream)).toBe(true);
  expect(isTextStream({ isTextStream: 'yes' })).toBe(false);
  expect(await textOf(stream)).toBe('ab');
  expect(await textOf('ab')).toBe('ab');
  expect(await textOf(null)).toBe('');
  expect(await all(chunksOf(stream))).toEqual(['a', 'b']);
  expect(await all(chunksOf('ab'))).toEqual(['ab']);
  expect(await all(chunksOf(undefined))).toEqual([]);
});
