import { portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { classifyNode } from './classify.node.ts';

const labels = [
  { id: 'refund', title: 'Refund', hint: 'money back' },
  { id: 'bug', title: 'Bug' },
];
const run = (answer: string, config = {}, end = {}) => {
  const { ctx, asked } = answering(answer, end);
  return { asked, result: runNode(classifyNode, { config: { labels, ...config }, inputs: { text: 'Hi' }, ctx }) };
};
const outputs = async (answer: string, config = {}) => (await run(answer, config).result).outputs;

test('sends the text along the label the model names', async () => {
  expect(await outputs('{"label":"bug","confidence":0.9}')).toEqual({ bug: 'Hi', choice: 'bug', confidence: 0.9 });
  expect(await outputs('```json\n{"label":" refund "}\n```')).toEqual({ refund: 'Hi', choice: 'refund' });
});

test('asks with the labels as a closed list and keeps the text apart from the instructions', async () => {
  const { asked, result } = run('{"label":"bug"}');
  await result;
  const [request] = asked;
  expect(request?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(request?.messages[1]?.content).toBe('Hi');
  expect(request?.messages[0]?.content).toContain('- refund: Refund (money back)');
  expect(request?.schema).toMatchObject({ properties: { label: { enum: ['refund', 'bug'] } }, additionalProperties: false });
  expect(request?.task).toMatchObject({ kind: 'classify', text: 'Hi' });
});

test.each([
  ['{"label":"sales"}', 'unknown_label'],
  ['{"label":7}', 'unknown_label'],
  ['{"label":"constructor"}', 'unknown_label'],
  ['refund', 'answer_not_json'],
  ['["refund"]', 'answer_not_data'],
])('the answer %s fails as bad output', async (answer, reason) => {
  await expect(run(answer).result).rejects.toMatchObject({ errorClass: 'bad_output', reason });
});

test('an answer cut short or held back says so', async () => {
  await expect(run('{"la', {}, { finishReason: 'length' }).result).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason: 'answer_cut',
  });
  await expect(run('', {}, { finishReason: 'content_filter' }).result).rejects.toMatchObject({ errorClass: 'content_filtered' });
});

test('with a way for everything else, what fits none or is too unsure goes there', async () => {
  expect(await outputs('{"label":"sales"}', { other: true })).toEqual({ other: 'Hi', choice: 'other' });
  const sure = { other: true, minConfidence: 0.6 };
  expect(await outputs('{"label":"bug","confidence":0.4}', sure)).toEqual({ other: 'Hi', choice: 'other', confidence: 0.4 });
  expect(await outputs('{"label":"bug","confidence":0.6}', sure)).toEqual({ bug: 'Hi', choice: 'bug', confidence: 0.6 });
});

test('an own label named other is used for that', () => {
  const config = { labels: [...labels, { id: 'other', title: 'Rest' }], other: true };
  expect(portsOf(classifyNode, { type: 'classify', config }).outputs.map(({ id }) => id)).toEqual([
    'refund',
    'bug',
    'other',
    'choice',
    'confidence',
  ]);
});

test('refuses no labels, and names that are taken', () => {
  const codes = (config: object) => portsOf(classifyNode, { type: 'classify', config: { ...config } }).issues.map(({ code }) => code);
  expect(codes({ labels: [] })).toEqual(['too_few']);
  expect(codes({ labels: [...labels, { id: 'bug' }, { id: 'choice' }] })).toEqual(['id_taken', 'id_taken']);
});

test("with all that fit, each label carries the text, in the author's order", async () => {
  const many = { pick: 'many' };
  const say = (...labels: unknown[]) => JSON.stringify({ labels });
  expect(await outputs(say({ label: 'bug', confidence: 0.8 }, { label: 'refund', confidence: 0.9 }), many)).toEqual({
    refund: 'Hi',
    bug: 'Hi',
    choices: ['refund', 'bug'],
  });
  expect(await outputs(say('bug', { label: 'refund', confidence: 0.2 }), { ...many, minConfidence: 0.5 })).toEqual({
    bug: 'Hi',
    choices: ['bug'],
  });
  expect(await outputs(say(), many)).toEqual({ choices: [] });
  expect(await outputs(say(), { ...many, other: true })).toEqual({ other: 'Hi', choices: ['other'] });
  await expect(run(say({ label: 'sales', confidence: 1 }), many).result).rejects.toMatchObject({ reason: 'unknown_label' });
  expect(portsOf(classifyNode, { type: 'classify', config: { labels, ...many } }).outputs.map(({ id }) => id)).toEqual([
    'refund',
    'bug',
    'choices',
  ]);
});

test('asks for all that fit with a list of the labels', async () => {
  const { asked, result } = run('{"labels":[]}', { pick: 'many' });
  await result;
  expect(asked[0]?.schema).toMatchObject({ properties: { labels: { items: { properties: { label: { enum: ['refund', 'bug'] } } } } } });
  expect(asked[0]?.task).toMatchObject({ kind: 'classify', many: true });
});
