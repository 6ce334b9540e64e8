import { expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { deleteFlow } from '../flows/delete-flow.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { fixture, greeting } from '../testing.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './list-keys.ts';
import { verifyKey } from './verify-key.ts';

const input = { name: 'ci', scopes: ['run' as const] };
const call = async (ctx: Ctx, slug: string) =>
  (await preparePublishedRun({ ctx, input: { slug, body: { inputs: { name: 'Ada' } } } })).target.flowId;

/** The same store, asked by the caller of a key. */
async function caller(ctx: Ctx, key: string): Promise<Ctx> {
  const known = await verifyKey({ deps: ctx.deps, key });
  if (known === undefined) throw new Error('not a key');
  return { ...ctx, ...known };
}

test('a key stays with its flow under every address, and never follows an address to another flow', async () => {
  const { ctx, publish } = await fixture();
  const id = await publish(greeting(), 'first');
  const other = await publish(greeting(), 'other');
  const { key, flows } = await createKey({ ctx, input: { ...input, flows: ['first', id] } });
  expect(flows).toEqual(['first']);
  const asKey = await caller(ctx, key);
  await publishFlow({ ctx, input: { id, slug: 'second' } });
  for (const slug of ['first', 'second', 'first@1', 'second@2']) expect(await call(asKey, slug)).toBe(id);
  expect((await listKeys({ ctx })).keys).toMatchObject([{ flows: ['second'] }]);
  await deleteFlow({ ctx, input: { id } });
  await publishFlow({ ctx, input: { id: other, slug: 'first' } });
  expect(await call(ctx, 'first')).toBe(other);
  await expect(call(asKey, 'first')).rejects.toMatchObject({ code: 'forbidden', reason: 'flow_not_allowed' });
  expect((await listKeys({ ctx })).keys).toMatchObject([{ flows: [] }]);
});

test('to a key for some flows all others look alike: published, unusable, foreign, or made up', async () => {
  const { ctx, publish } = await fixture();
  await publish(greeting(), 'mine');
  await publish(greeting(), 'other');
  const asKey = await caller(ctx, (await createKey({ ctx, input: { ...input, flows: ['mine'] } })).key);
  await call(ctx, 'other');
  const foreign = { ...asKey, workspaceId: 'ws_other' };
  for (const slug of ['other', 'other@1', 'nowhere', 'nowhere@7', 'No Slug']) {
    await expect(call(asKey, slug)).rejects.toMatchObject({ code: 'forbidden', params: { slug: slug.split('@')[0] } });
  }
  await expect(call(foreign, 'other')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(call({ ...ctx, workspaceId: 'ws_other' }, 'other')).rejects.toMatchObject({ code: 'not_found' });
  await expect(call(asKey, 'mine@7')).rejects.toMatchObject({ code: 'not_found', reason: 'no_endpoint' });
});

test('a key names flows that are there; each that is not has its place', async () => {
  const { ctx, publish } = await fixture();
  const id = await publish(greeting(), 'mine');
  const flows = ['mine', 'gone', id, 'flow_00000000000000000000000000'];
  await expect(createKey({ ctx, input: { ...input, flows } })).rejects.toMatchObject({
    code: 'invalid_input',
    errors: [
      { pointer: '/flows/1', message: 'There is no flow “gone”.' },
      { pointer: '/flows/3', message: expect.stringContaining('flow_0') },
    ],
  });
  await expect(createKey({ ctx: { ...ctx, workspaceId: 'ws_other' }, input: { ...input, flows: ['mine'] } })).rejects.toMatchObject({
    errors: [{ pointer: '/flows/0' }],
  });
});
