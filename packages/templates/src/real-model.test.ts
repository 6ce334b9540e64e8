import { compileFlow, startRun } from '@patchbay/engine';
import { createHost, type Host } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { templates } from './index.ts';

let provider: FakeProvider;
let host: Host;
beforeAll(async () => {
  provider = await startFakeProvider();
  host = createHost({ env: { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'fake-model' } });
});
afterAll(async () => {
  await host.close();
  await provider.close();
});

async function run(id: string, inputs: Record<string, string>) {
  const flow = templates.find((template) => template.id === id)?.flow;
  const compiled = compileFlow(flow as NonNullable<typeof flow>, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  provider.calls.length = 0;
  const result = await startRun(compiled.plan, inputs, { world: host.world({ locale: 'en' }), runId: id }).result;
  return { result, bodies: provider.calls.filter(({ path }) => path.endsWith('/chat/completions')).map(({ body }) => body) };
}

/** Instructions and the person's text in messages of their own. */
const apart = (text: string) => ({
  messages: [expect.objectContaining({ role: 'system' }), { role: 'user', content: text }],
  model: 'fake-model',
});

test.each([
  ['summarise', 'summary'],
  ['translate', 'translation'],
  ['chat', 'reply'],
])('%s asks a provider as it is', async (id, output) => {
  provider.script({ text: 'An answer.' });
  const { result, bodies } = await run(id, { text: 'Some text' });
  expect(result).toMatchObject({ status: 'succeeded', simulated: false, outputs: { [output]: 'An answer.' } });
  expect(bodies).toEqual([expect.objectContaining({ ...apart('Some text'), stream: true })]);
});

test('support sorts, then writes with the prompt of the chosen way', async () => {
  provider.script({ text: '{"label":"bug","confidence":1}' }, { text: 'Which step fails?' });
  const { result, bodies } = await run('support', { text: 'It crashes' });
  expect(result.outputs).toEqual({ topic: 'bug', reply: 'Which step fails?' });
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).toMatchObject({ ...apart('It crashes'), response_format: { type: 'json_schema' } });
  expect(JSON.stringify(bodies[1])).toContain('reports that something does not work');
});

test('sort takes the label of the provider', async () => {
  provider.script({ text: '{"label":"other","confidence":0.2}' });
  const { result } = await run('sort', { text: 'Hello' });
  expect(result.outputs).toMatchObject({ team: 'other', priority: 'normal', message: expect.stringContaining('Hello') });
});

test('extract reads what the provider found, and fails in words of its own where it is no data', async () => {
  provider.script({ text: '{"customer":"Ada","email":null,"order":"A-7","date":null,"amount":12.5}' });
  expect((await run('extract', { text: 'A letter' })).result.outputs).toEqual({
    customer: 'Ada',
    email: null,
    order: 'A-7',
    date: null,
    amount: 12.5,
  });
  provider.script({ text: 'Sorry, I cannot.' });
  expect((await run('extract', { text: 'A letter' })).result).toMatchObject({
    status: 'failed',
    error: { class: 'bad_output', reason: 'answer_not_json' },
  });
});

test('private: the provider sees labels, the caller the values', async () => {
  provider.script({ text: 'We write to [EMAIL_1].' });
  const { result, bodies } = await run('private', { text: 'Answer me at ada@example.com, please.' });
  expect(result.outputs).toEqual({ reply: 'We write to ada@example.com.' });
  expect(JSON.stringify(bodies)).toContain('[EMAIL_1]');
  expect(JSON.stringify(bodies)).not.toContain('ada@example.com');
});

test('moderation: a word of the list needs no provider; what a provider stops is told to the author', async () => {
  const listed = await run('moderation', { text: 'What a n1ncompoop!' });
  expect([listed.result.outputs['reasons'], listed.bodies.length]).toEqual([['nincompoop'], 0]);
  provider.script({ text: '{"topics":["violence"]}' });
  const stopped = await run('moderation', { text: 'A rude text' });
  expect(stopped.result.outputs).toMatchObject({
    result: expect.stringContaining('“A rude text” because of: violence'),
    reasons: ['violence'],
  });
  provider.script({ text: '{"topics":[]}' });
  expect((await run('moderation', { text: 'A kind text' })).result.outputs).toEqual({ result: 'A kind text', reasons: [] });
});

test('code: the block alone is handed on', async () => {
  provider.script({ text: 'Here:\n\n```python\nprint(1)\n```' }, { text: 'It prints one.' });
  const { result, bodies } = await run('code', { text: 'Print one' });
  expect(result.outputs).toEqual({ code: 'print(1)', explanation: 'It prints one.' });
  expect(JSON.stringify(bodies[1])).toContain('print(1)');
});

test('writing: a plan, chapters along it, and one polish', async () => {
  provider.script({ text: '1. Rooms' }, { text: 'Chapter one.' }, { text: 'Chapter 1.' });
  const { result, bodies } = await run('writing', { text: 'Libraries' });
  expect(result.outputs).toEqual({ plan: '1. Rooms', text: 'Chapter 1.' });
  expect(JSON.stringify(bodies[1])).toContain('1. Rooms');
  expect(bodies[2]).toMatchObject(apart('Chapter one.'));
});

test('grading: the grade, how sure it is, feedback, and fair words for feedback that is not', async () => {
  provider.script(
    { text: '{"label":"good","confidence":0.7}' },
    { text: 'Man up and add an example.' },
    { text: '{"findings":[],"rewrite":""}' },
  );
  const { result, bodies } = await run('grading', { text: 'They eat light.', task: 'Why light?' });
  expect(result.outputs).toEqual({
    grade: 'good',
    confidence: 0.7,
    feedback: 'Man up and add an example.',
    concern: 'Be brave and add an example.',
  });
  expect(bodies[0]).toMatchObject(apart('Task: Why light?\n\nAnswer: They eat light.'));
});

test('product copy: headline, text and short text of the same facts, in four calls', async () => {
  // The last two go out together, so each is answered by what it asks: the text again, or data of its schema.
  const { result, bodies } = await run('product-copy', { text: 'A cup of stoneware.', audience: 'cooks' });
  expect(result.status).toBe('succeeded');
  expect(bodies).toHaveLength(4);
  expect(JSON.stringify(bodies)).toContain('readers: cooks');
  expect(result.outputs).toMatchObject({ copy: 'A cup of stoneware.', short: 'A cup of stoneware.' });
});
