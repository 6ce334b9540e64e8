import { type NodeContext, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { modelNode } from './model.node.ts';

const schema = { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'], additionalProperties: false };

test('streams the answer and keeps system and user parts apart', async () => {
  const { ctx, asked } = answering(['Hel', 'lo']);
  const config = { model: 'openai/gpt', system: 'Be brief, {{name}}.', temperature: 0.2, maxTokens: 50 };
  const { outputs, chunks } = await runNode(modelNode, { config, inputs: { prompt: 'Hi', name: 'Bot' }, ctx });
  expect(chunks.map(({ text }) => text)).toEqual(['Hel', 'lo']);
  expect(outputs).toEqual({ text: 'Hello' });
  expect(asked[0]).toMatchObject({
    model: 'openai/gpt',
    temperature: 0.2,
    maxOutputTokens: 50,
    messages: [
      { role: 'system', content: 'Be brief, Bot.' },
      { role: 'user', content: 'Hi' },
    ],
  });
});

test('earlier messages come between, and none of them may be a system part', async () => {
  const { ctx, asked } = answering('ok');
  const history = [
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'two', extra: true },
  ];
  await runNode(modelNode, { inputs: { prompt: 'three', history }, ctx });
  expect(asked[0]?.messages).toEqual([
    { role: 'user', content: 'one' },
    { role: 'assistant', content: 'two' },
    { role: 'user', content: 'three' },
  ]);
  for (const bad of [[{ role: 'system', content: 'x' }], [{ role: 'user' }], 'text', [null]]) {
    await expect(runNode(modelNode, { inputs: { prompt: 'x', history: bad }, ctx })).rejects.toMatchObject({
      errorClass: 'invalid_input',
      reason: 'bad_history',
    });
  }
});

test('with a schema the answer leaves as text and as data', async () => {
  expect(portsOf(modelNode, { type: 'model', config: { schema } }).outputs.map(({ id }) => id)).toEqual(['text', 'data']);
  const { ctx, asked } = answering(['{"su', 'm":4}']);
  const { outputs, chunks } = await runNode(modelNode, { config: { schema }, inputs: { prompt: 'add' }, ctx });
  expect(outputs).toEqual({ text: '{"sum":4}', data: { sum: 4 } });
  expect(chunks).toHaveLength(2);
  expect(asked[0]?.schema).toEqual(schema);
});

test.each([
  ['four', 'answer_not_json'],
  ['{"sum":"4"}', 'answer_does_not_fit'],
  ['{}', 'answer_does_not_fit'],
  ['{"sum":4,"more":1}', 'answer_does_not_fit'],
])('the answer %s to a schema is bad output', async (answer, reason) => {
  const { ctx } = answering(answer);
  await expect(runNode(modelNode, { config: { schema }, inputs: { prompt: 'x' }, ctx })).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason,
  });
});

test('an answer the provider held back is a failure', async () => {
  const { ctx } = answering('', { finishReason: 'content_filter' });
  await expect(runNode(modelNode, { inputs: { prompt: 'x' }, ctx })).rejects.toMatchObject({ errorClass: 'content_filtered' });
});

test('where nobody reads along, the whole answer comes at once and the same', async () => {
  const { ctx } = answering(['{"sum"', ': 4}']);
  const whole = { models: { ...answering(['{"sum"', ': 4}']).ctx.models, whole: true } as NodeContext['models'] };
  const run = { config: { schema }, inputs: { prompt: 'x' } };
  const streamed = await runNode(modelNode, { ...run, ctx });
  expect(await runNode(modelNode, { ...run, ctx: whole })).toEqual({ outputs: streamed.outputs, chunks: [] });
  const held = { models: { ...answering('x', { finishReason: 'content_filter' }).ctx.models, whole: true } as NodeContext['models'] };
  await expect(runNode(modelNode, { ...run, ctx: held })).rejects.toMatchObject({ errorClass: 'content_filtered' });
});
