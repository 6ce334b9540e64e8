import { expect, test } from 'vitest';
import { checkDraft, createFlow, prepareDraftRun, publishFlow, readFlow, runToEnd, saveDraft } from './index.ts';
import { fixture } from './testing.ts';
import { afterLargeFlow, isLongText, nextTurn } from './turns.ts';

const chainOf = (size: number) => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Chain',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'any' }] } },
    ...Object.fromEntries(Array.from({ length: size }, (_, at) => [`n${at}`, { type: 'prompt', config: { template: '{{it}}' } }])),
    out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'any' }] } },
  },
  edges: [
    { from: 'in.text', to: 'n0.it' },
    ...Array.from({ length: size - 1 }, (_, at) => ({ from: `n${at}.text`, to: `n${at + 1}.it` })),
    { from: `n${size - 1}.text`, to: 'out.reply' },
  ],
  layout: {},
});

/** How often others had their turn until the work was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const count = (): void => {
    if (done) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await work();
  done = true;
  return turns;
}

test('work on a large flow leaves turns to others, that on a usual one takes none for it', { timeout: 60_000 }, async () => {
  const { ctx } = await fixture();
  const large = (await createFlow({ ctx, input: { text: JSON.stringify(chainOf(1_000)) } })).id;
  const usual = (await createFlow({ ctx, input: { text: JSON.stringify(chainOf(10)) } })).id;
  const check = (id: string) => turnsDuring(() => checkDraft({ ctx, input: { id } }));
  expect(await check(usual)).toBe(0);
  expect(await check(large)).toBeGreaterThanOrEqual(1);
  const prepare = (id: string) => turnsDuring(() => prepareDraftRun({ ctx, input: { id, body: { inputs: { text: 'x' } } } }));
  expect(await prepare(usual)).toBe(0);
  expect(await prepare(large)).toBeGreaterThanOrEqual(2);
  const save = async (id: string, size: number) => {
    const { etag } = await readFlow({ ctx, input: { id } });
    return turnsDuring(() => saveDraft({ ctx, input: { id, ifMatch: etag, text: JSON.stringify({ ...chainOf(size), name: 'Other' }) } }));
  };
  expect(await save(usual, 10)).toBe(0);
  expect(await save(large, 1_000)).toBeGreaterThanOrEqual(2);
  expect(await turnsDuring(() => publishFlow({ ctx, input: { id: large } }))).toBeGreaterThanOrEqual(3);
  // The writing of a large record is not in the turn that made it, nor in that of the answer.
  const prepared = await prepareDraftRun({ ctx, input: { id: usual, body: { inputs: { text: 'x'.repeat(2 * 1024 * 1024) } } } });
  expect(await turnsDuring(() => runToEnd(ctx, prepared))).toBeGreaterThanOrEqual(2);
});

test('what is large is decided without looking at all of it', async () => {
  expect(isLongText('x'.repeat(1024 * 1024))).toBe(false);
  expect(isLongText('x'.repeat(1024 * 1024 + 1))).toBe(true);
  expect(afterLargeFlow({ nodes: {} })).toBeUndefined();
  await expect(nextTurn()).resolves.toBeUndefined();
});
