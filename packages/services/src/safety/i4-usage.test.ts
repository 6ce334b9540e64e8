import { azureWire, type FakeWire, mistralWire, startWire } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createFlow } from '../flows/create-flow.ts';
import { addDocument } from '../knowledge/add-document.ts';
import { createKnowledge } from '../knowledge/create-knowledge.ts';
import { readKnowledge } from '../knowledge/read-knowledge.ts';
import { searchKnowledge } from '../knowledge/search-knowledge.ts';
import { prepareDraftRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { fixture } from '../testing.ts';

const apiKey = 'key-123456789';

/** Every kind of call the catalogue makes: chat, a tool's turns, vectors, a picture, speech, and speech written down. */
const flowWith = (base: string): string => {
  const nodes: Record<string, object> = {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
    search: { type: 'knowledge', config: { base } },
    ask: { type: 'model', config: { model: 'mistral/small' } },
    work: { type: 'agent', config: { model: 'mistral/small', tools: [{ id: 'calculator', kind: 'calculator' }] } },
    draw: { type: 'make_image', config: { model: 'azure/gpt-image-1', count: 1 } },
    alter: { type: 'make_image', config: { model: 'azure/gpt-image-1' } },
    say: { type: 'speak', config: { model: 'mistral/voxtral-tts' } },
    hear: { type: 'transcribe', config: { model: 'mistral/voxtral-mini' } },
  };
  for (const node of Object.values(nodes).slice(1)) Object.assign(node, { onError: { rule: 'retry', tries: 3, backoffMs: 1 } });
  const ends = {
    found: 'search.text',
    answer: 'ask.text',
    sum: 'work.text',
    picture: 'draw.image',
    other: 'alter.image',
    heard: 'hear.text',
  };
  const edges = [
    ...['search.question', 'ask.prompt', 'work.goal', 'draw.prompt', 'alter.prompt', 'say.text'].map((to) => ({ from: 'in.text', to })),
    { from: 'say.audio', to: 'hear.audio' },
    ...Object.entries(ends).map(([to, from]) => ({ from, to: `out.${to}` })),
  ];
  nodes['out'] = { type: 'output', config: { fields: Object.keys(ends).map((id) => ({ id, title: id, type: 'any' })) } };
  return JSON.stringify({ format: 'patchbay/flow', version: 1, name: 'All', nodes, edges, layout: {} });
};

async function open() {
  const mistral = await startWire(mistralWire, { secrets: { apiKey } });
  const azure = await startWire(azureWire, { secrets: { apiKey } });
  onTestFinished(() => Promise.all([mistral.close(), azure.close()]).then(() => undefined));
  const opened = await fixture({
    MISTRAL_API_KEY: apiKey,
    MISTRAL_BASE_URL: `${mistral.origin}/v1`,
    AZURE_OPENAI_API_KEY: apiKey,
    AZURE_OPENAI_ENDPOINT: azure.origin,
    PATCHBAY_PRICES: ['mistral/small', 'mistral/embed', 'azure/gpt-image-1', 'mistral/voxtral-tts', 'mistral/voxtral-mini']
      .map((model) => `${model}=1/2`)
      .join(','),
    PATCHBAY_MAX_DAY_COST_USD: '1000',
  });
  return { ...opened, mistral, azure };
}

/** Calls by kind, without questions for models, which cost nothing. */
const kindsOf = (...wires: FakeWire[]): string[] =>
  wires.flatMap(({ calls }) => calls.flatMap(({ asked }) => (asked === undefined || asked.kind === 'list' ? [] : [asked.kind]))).sort();

const total = (usages: ({ calls: number; costUsd: number | null } | undefined)[], what: 'calls' | 'costUsd'): number =>
  usages.reduce((sum, usage) => sum + (usage?.[what] ?? 0), 0);

test('I4: what a run says it called is what providers saw, of each kind, and all of it has a price and a place in the budget', {
  timeout: 60_000,
}, async () => {
  const { ctx, mistral, azure } = await open();
  const { id: base } = await createKnowledge({ ctx, input: { name: 'Manuals', embedding: 'mistral/embed' } });
  await addDocument({ ctx, input: { base, name: 'manual.md', text: 'Wash the filter every month.' } });
  await ctx.deps.indexer.idle();
  // One call asked whether the model works at all, one made the vectors of the document, which says so itself.
  expect(kindsOf(mistral)).toEqual(['embed', 'embed']);
  const filled = await readKnowledge({ ctx, input: { id: base } });
  expect(filled.contents[0]?.usage).toMatchObject({ calls: 1, costUsd: 7e-6 });
  expect(filled.usage).toEqual(filled.contents[0]?.usage);
  const tried = await searchKnowledge({ ctx, input: { id: base, question: 'filter' } });
  expect(tried.usage).toMatchObject({ calls: 1, inputTokens: 7 });
  mistral.calls.length = 0;

  const { id } = await createFlow({ ctx, input: { text: flowWith(base) } });
  const prepared = await prepareDraftRun({ ctx, input: { id, body: { inputs: { text: 'Wash the filter' } } } });
  // Whoever asks first is told to wait: the step tries again, and both calls count.
  mistral.script({ fault: { kind: 'refuse', as: 'rate_limited' } });
  const result = await runToEnd(ctx, prepared);
  const run = await readRun({ ctx, input: { id: prepared.id } });
  const seen = kindsOf(mistral, azure);
  expect(new Set(seen)).toEqual(new Set(['chat', 'embed', 'image', 'speech', 'transcribe']));
  expect(result.usage.calls).toBe(seen.length);
  expect(run.run.usage).toEqual(result.usage);
  const inside = run.steps.filter(({ scope }) => scope === '').map(({ usage }) => usage);
  expect(total(inside, 'calls')).toBe(seen.length);
  expect(total(inside, 'costUsd')).toBeCloseTo(result.usage.costUsd ?? Number.NaN, 12);

  const [day] = await ctx.deps.budgets.pursesFor(ctx);
  const before = 7e-6 + total([filled.usage, tried.usage], 'costUsd');
  expect(day?.spentUsd()).toBeCloseTo(before + (result.usage.costUsd ?? Number.NaN), 8);
});
