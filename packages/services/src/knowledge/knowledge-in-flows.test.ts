import { describeFailure } from '@patchbay/node-kit';
import { fakeEmbedding, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { estimateDraft } from '../flows/estimate-draft.ts';
import { prepareDraftRun } from '../runs/prepare-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { fixture } from '../testing.ts';
import { addDocument } from './add-document.ts';
import { createKnowledge } from './create-knowledge.ts';

vi.setConfig({ testTimeout: 60_000 });

const asking = (base: string) =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Asking',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'question', title: 'Question', type: 'text', required: true }] } },
      search: { type: 'knowledge', config: { base, count: 2 } },
      out: {
        type: 'output',
        config: {
          fields: [
            { id: 'text', title: 'Text', type: 'text' },
            { id: 'passages', title: 'Passages', type: 'data[]' },
          ],
        },
      },
    },
    edges: [
      { from: 'in.question', to: 'search.question' },
      { from: 'search.text', to: 'out.text' },
      { from: 'search.passages', to: 'out.passages' },
    ],
    layout: {},
  });

async function ask(ctx: Ctx, base: string, question: string) {
  const { id } = await createFlow({ ctx, input: { text: asking(base) } });
  const body = { inputs: { question } };
  const run = async () => runToEnd(ctx, await prepareDraftRun({ ctx, input: { id, body } }));
  return { run, estimate: () => estimateDraft({ ctx, input: { id, body } }) };
}

async function fill(ctx: Ctx, name: string, text: string, embedding: string | null = null): Promise<string> {
  const { id } = await createKnowledge({ ctx, input: { name, embedding } });
  await addDocument({ ctx, input: { base: id, name: `${name}.md`, text } });
  await ctx.deps.indexer.idle();
  return id;
}

test('a step asks the base it names, or all of them, and says where each passage is from', async () => {
  const { ctx } = await fixture();
  const manuals = await fill(ctx, 'Manuals', '# Care\n\nWash the filter every month.');
  await fill(ctx, 'Rules', '# Leave\n\nThe filter of requests is the team lead.');
  const one = await (await ask(ctx, manuals, 'When do I wash the filter?')).run();
  expect(one.outputs).toMatchObject({
    text: '[1] Manuals.md › Care\nWash the filter every month.',
    passages: [{ number: 1, document: 'Manuals.md', headings: ['Care'], page: null, score: 1 }],
  });
  const all = await (await ask(ctx, '', 'When do I wash the filter?')).run();
  expect(all.outputs['passages']).toMatchObject([{ document: 'Manuals.md' }, { document: 'Rules.md' }]);
  expect((await (await ask(ctx, '', 'zebra')).run()).outputs).toEqual({ text: '', passages: [] });
});

test('the vector of a question is used by the step that asks; an estimate asks nobody', async () => {
  const provider = await startFakeProvider({ embed: fakeEmbedding });
  onTestFinished(() => provider.close());
  const { ctx } = await fixture({ OPENAI_BASE_URL: provider.url });
  const base = await fill(ctx, 'Manuals', 'Wash the filter every month.', 'openai/m');
  const before = provider.calls.length;
  const { run, estimate } = await ask(ctx, base, 'When do I wash the filter?');
  const reckoned = await estimate();
  expect(provider.calls).toHaveLength(before);
  expect(reckoned).toMatchObject({ calls: { least: 1, most: 1 }, steps: [{ node: 'search', model: 'openai/m' }] });
  const { usage, outputs } = await run();
  expect(provider.calls).toHaveLength(before + 1);
  expect(usage).toMatchObject({ calls: 1 });
  expect(usage.inputTokens).toBeGreaterThan(0);
  expect(outputs['passages']).toHaveLength(1);
});

test('a base that is gone, or of another workspace, fails the step in words', async () => {
  const { ctx } = await fixture();
  const base = await fill(ctx, 'Manuals', 'Wash the filter every month.');
  for (const id of ['kb_gone', `${base}x`]) {
    const result = await (await ask(ctx, id, 'filter')).run();
    expect(result).toMatchObject({ status: 'failed', error: { class: 'invalid_input', reason: 'knowledge_missing' } });
    expect(result.error && describeFailure(result.error, 'en').message).toBe(`There is no knowledge base “${id}” here.`);
  }
  const theirs = ctx.deps.host.world({ locale: 'en', workspace: 'ws_other' });
  const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report: () => undefined };
  const query = { question: 'filter', count: 5, minScore: 0 };
  await expect(theirs.knowledge?.(step).search({ ...query, base })).rejects.toMatchObject({ reason: 'knowledge_missing' });
  expect(await theirs.knowledge?.(step).search({ ...query, base: '' })).toEqual([]);
});

test('a least score leaves out what is not near enough', async () => {
  const { ctx } = await fixture();
  const base = await fill(ctx, 'Manuals', '# Care\n\nWash the filter every month.\n\n# Battery\n\nThe filter is not charged.');
  const step = { run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report: () => undefined };
  const search = (minScore: number) =>
    ctx.deps.host
      .world({ locale: 'en', workspace: ctx.workspaceId })
      .knowledge?.(step)
      .search({ base, question: 'wash the filter', count: 5, minScore });
  expect(await search(0)).toHaveLength(2);
  expect(await search(0.9)).toMatchObject([{ headings: ['Care'] }]);
});

test('a question as long as a book is searched by its first words, and by no more than a question has', async () => {
  const { ctx } = await fixture();
  const base = await fill(ctx, 'Care', '# Filter\n\nWash the filter every day.');
  const asked = vi.spyOn(ctx.deps.database.passages, 'countWords');
  const rest = Array.from({ length: 20_000 }, (_, index) => `word${index}`).join(' ');
  const { outputs } = await (await ask(ctx, base, `Wash the filter? ${rest}`)).run();
  expect(outputs['text']).toContain('Wash the filter every day.');
  expect(asked.mock.calls.map(([, , words]) => words.length)).toEqual([256]);
});
