import { fakeEmbedding, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { fixture } from '../testing.ts';
import { addDocument } from './add-document.ts';
import { createKnowledge } from './create-knowledge.ts';
import { deleteDocument } from './delete-document.ts';
import { deleteKnowledge } from './delete-knowledge.ts';
import { editKnowledge } from './edit-knowledge.ts';
import { mostPassages } from './index-document/read-document.ts';
import { readKnowledge } from './read-knowledge.ts';
import { retryDocument } from './retry-document.ts';
import { searchKnowledge } from './search-knowledge.ts';

vi.setConfig({ testTimeout: 60_000 });

const lines = (count: number, word = 'filter'): string =>
  Array.from({ length: count }, (_, index) => `# Part ${index}\n\nWash ${word} ${index}.`).join('\n\n');

async function provider(options: Partial<Parameters<typeof startFakeProvider>[0]> = {}) {
  const fake = await startFakeProvider({ embed: fakeEmbedding, ...options });
  onTestFinished(() => fake.close());
  const vectorCalls = () => fake.calls.filter(({ path }) => path.endsWith('/embeddings'));
  return { fake, vectorCalls, environment: { OPENAI_BASE_URL: fake.url } };
}

const make = async (ctx: Ctx, embedding: string | null = null) => (await createKnowledge({ ctx, input: { name: 'Base', embedding } })).id;
const add = (ctx: Ctx, base: string, text: string, name = 'a.md') => addDocument({ ctx, input: { base, name, text } });
const read = (ctx: Ctx, id: string) => readKnowledge({ ctx, input: { id } });

test('without a model nobody is ever asked', async () => {
  const { fake, environment } = await provider();
  const { ctx } = await fixture(environment);
  const id = await make(ctx);
  await add(ctx, id, lines(3));
  await ctx.deps.indexer.idle();
  expect((await searchKnowledge({ ctx, input: { id, question: 'wash filter 2' } })).passages[0]?.text).toBe('Wash filter 2.');
  expect(fake.calls).toEqual([]);
});

test('vectors are asked for in batches, once each, under their headings', async () => {
  const { vectorCalls, environment } = await provider();
  const { ctx } = await fixture(environment);
  const id = await make(ctx, 'openai/m');
  await add(ctx, id, lines(70));
  await ctx.deps.indexer.idle();
  expect((await read(ctx, id)).contents).toMatchObject([{ status: 'ready', passages: 70, embedded: 70 }]);
  const texts = vectorCalls()
    .slice(1)
    .map(({ body }) => (body as { input: string[] }).input);
  expect(texts.map((some) => some.length)).toEqual([32, 32, 6]);
  expect(texts[0]?.[0]).toBe('Part 0\n\nWash filter 0.');
});

test('a document says what its vectors took, those of a former model included', async () => {
  const { vectorCalls, environment } = await provider();
  const { ctx } = await fixture({ ...environment, PATCHBAY_PRICES: 'openai/m=1000/0,openai/other=1000/0' });
  const id = await make(ctx, 'openai/m');
  await add(ctx, id, lines(40));
  await ctx.deps.indexer.idle();
  const usageOf = async () => (await read(ctx, id)).contents[0]?.usage;
  const first = await usageOf();
  // One call asked whether the model works; nobody's document pays for it.
  expect(first).toMatchObject({ calls: 2, outputTokens: 0 });
  expect(first?.costUsd).toBeCloseTo((first?.inputTokens ?? 0) / 1_000);
  await editKnowledge({ ctx, input: { id, embedding: 'openai/other' } });
  await ctx.deps.indexer.idle();
  const after = await usageOf();
  expect(after?.calls).toBe(vectorCalls().length - 2);
  expect(after?.costUsd).toBeGreaterThan(first?.costUsd ?? Number.POSITIVE_INFINITY);
  const { usage, contents } = await read(ctx, id);
  expect(usage.calls).toBe(contents.reduce((sum, one) => sum + one.usage.calls, 0));
  expect((await searchKnowledge({ ctx, input: { id, question: 'wash' } })).usage.calls).toBeGreaterThan(0);
});

test('a model that fails leaves a document that is found by its words and can be tried again', async () => {
  const state = { broken: false };
  const { vectorCalls, environment } = await provider({ embed: (text) => (state.broken ? [] : fakeEmbedding(text)) });
  const { ctx } = await fixture(environment);
  const id = await make(ctx, 'openai/m');
  state.broken = true;
  const { id: document } = await add(ctx, id, lines(2));
  await vi.waitFor(
    async () =>
      expect((await read(ctx, id)).contents).toMatchObject([{ status: 'failed', retryable: true, error: { class: 'bad_output' } }]),
    50_000,
  );
  // Each call reached the provider, so each is told.
  expect((await read(ctx, id)).usage.calls).toBe(vectorCalls().length - 1);
  const asked = await searchKnowledge({ ctx, input: { id, question: 'filter' } });
  expect(asked.passages).toHaveLength(2);
  expect(asked.trouble).toMatchObject({ class: 'bad_output' });
  state.broken = false;
  await retryDocument({ ctx, input: { base: id, id: document } });
  await ctx.deps.indexer.idle();
  expect((await read(ctx, id)).contents).toMatchObject([{ status: 'ready', embedded: 2, error: null }]);
  await expect(retryDocument({ ctx, input: { base: id, id: document } })).rejects.toMatchObject({ code: 'conflict' });
});

test('a process that ends in the middle goes on at its next start', async () => {
  const { environment, vectorCalls } = await provider();
  const first = await fixture(environment);
  const id = await make(first.ctx, 'openai/m');
  await add(first.ctx, id, lines(200));
  await first.services.close();
  const services = await first.again();
  const ctx = { ...first.ctx, deps: services.deps };
  await services.deps.indexer.idle();
  const { contents } = await read(ctx, id);
  expect(contents).toMatchObject([{ status: 'ready', passages: 200, embedded: 200 }]);
  const { passages } = await searchKnowledge({ ctx, input: { id, question: 'part 150', count: 20 } });
  expect(passages.filter(({ headings }) => headings[0] === 'Part 150')).toHaveLength(1);
  expect(vectorCalls().length).toBeGreaterThan(0);
});

test('another model while vectors are made: all are of the new one in the end', async () => {
  const { environment } = await provider({ embed: (text) => [...fakeEmbedding(text), 1] });
  const { ctx } = await fixture(environment);
  const id = await make(ctx, 'openai/one');
  await add(ctx, id, lines(100));
  await editKnowledge({ ctx, input: { id, embedding: 'openai/two' } });
  await ctx.deps.indexer.idle();
  expect(await read(ctx, id)).toMatchObject({ embedding: 'openai/two', contents: [{ status: 'ready', embedded: 100 }] });
});

test('a document of too many passages says so and leaves none', async () => {
  const { ctx } = await fixture();
  const id = await make(ctx);
  await add(ctx, id, lines(mostPassages + 1));
  await ctx.deps.indexer.idle();
  expect((await read(ctx, id)).contents).toMatchObject([
    { status: 'failed', passages: 0, retryable: false, error: { reason: 'document_too_long' } },
  ]);
  expect((await searchKnowledge({ ctx, input: { id, question: 'filter' } })).passages).toEqual([]);
  expect(await editKnowledge({ ctx, input: { id, embedding: null } })).toMatchObject({ contents: [{ status: 'failed' }] });
});

test('a deleted document, or base, is found no more, and what stays is found as before', async () => {
  const { environment } = await provider();
  const { ctx } = await fixture(environment);
  const [id, other] = [await make(ctx, 'openai/m'), await make(ctx)];
  const marker = 'quokkamarker';
  const { id: document } = await add(ctx, id, lines(60, marker), `${marker}.md`);
  await add(ctx, id, lines(3), 'stays.md');
  await add(ctx, other, lines(60, marker), `${marker}.md`);
  await ctx.deps.indexer.idle();
  expect((await searchKnowledge({ ctx, input: { id, question: marker } })).passages).toHaveLength(5);
  await deleteDocument({ ctx, input: { base: id, id: document } });
  await deleteKnowledge({ ctx, input: { id: other } });
  expect((await searchKnowledge({ ctx, input: { id, question: marker } })).passages.map(({ text }) => text).join()).not.toContain(marker);
  expect((await searchKnowledge({ ctx, input: { id, question: 'filter' } })).passages).toHaveLength(3);
});

test('deleted while it is being read, a document stays deleted', async () => {
  const { ctx } = await fixture();
  const id = await make(ctx);
  const { id: document } = await add(ctx, id, lines(500));
  await deleteDocument({ ctx, input: { base: id, id: document } });
  await ctx.deps.indexer.idle();
  expect(await read(ctx, id)).toMatchObject({ documents: 0, passages: 0, contents: [] });
  expect((await searchKnowledge({ ctx, input: { id, question: 'filter' } })).passages).toEqual([]);
});

test('a document that waits for vectors of no model is ready, and holds nobody up', async () => {
  const { ctx } = await fixture();
  const id = await make(ctx);
  const { id: document } = await add(ctx, id, lines(2));
  await ctx.deps.indexer.idle();
  // As when the model is taken away in the moment somebody asks for its vectors again.
  await ctx.deps.database.knowledge.changeDocument(ctx.workspaceId, document, { status: 'embedding' });
  ctx.deps.indexer.wake();
  await ctx.deps.indexer.idle();
  expect((await read(ctx, id)).contents).toMatchObject([{ status: 'ready', passages: 2 }]);
});

test('a model that fails after another was chosen leaves no failure behind', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const { environment } = await provider();
  const { ctx } = await fixture(environment);
  const id = await make(ctx, 'openai/one');
  const { host } = ctx.deps;
  const { world } = host;
  vi.spyOn(host, 'world').mockImplementationOnce((options) => ({
    ...world(options),
    models: () => ({
      ...world(options).models({} as never),
      embed: async () => {
        asked.resolve();
        await answer.promise;
        throw new Error('the old model');
      },
    }),
  }));
  await add(ctx, id, lines(2));
  await asked.promise;
  await ctx.deps.database.knowledge.setEmbedding(ctx.workspaceId, id, null);
  answer.resolve();
  await ctx.deps.indexer.idle();
  expect((await read(ctx, id)).contents).toMatchObject([{ status: 'ready', error: null }]);
});
