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
