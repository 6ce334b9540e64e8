import { slugPattern } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { findEndpoint } from '../runs/find-endpoint.ts';
import { fixture, greeting } from '../testing.ts';
import { createFlow } from './create-flow.ts';
import { publishFlow } from './publish-flow.ts';

test('a former address answers with the newest version and is nobody else’s', async () => {
  const { ctx, publish } = await fixture();
  const id = await publish(greeting(), 'old');
  const { endpoint } = await publishFlow({ ctx, input: { id, slug: 'new' } });
  expect(endpoint).toBe('/v1/flows/new/runs');
  for (const slug of ['old', 'new']) expect(await findEndpoint(ctx, slug)).toMatchObject({ flowId: id, version: 2 });
  expect(await findEndpoint(ctx, 'old@1')).toMatchObject({ flowId: id, version: 1 });
  const other = await createFlow({ ctx, input: { text: greeting(), slug: 'old' } });
  expect(other.slug).toBe('old-2');
  await expect(publishFlow({ ctx, input: { id: other.id, slug: 'old' } })).rejects.toMatchObject({
    code: 'conflict',
    reason: 'slug_taken',
  });
  expect(await publishFlow({ ctx, input: { id, slug: 'old' } })).toMatchObject({ version: 3, slug: 'old' });
});

test('an address may be wished for; taken ones are counted up and stay addresses', async () => {
  const { ctx } = await fixture();
  const make = async (slug: string) => (await createFlow({ ctx, input: { text: greeting(), slug } })).slug;
  expect(await make('support')).toBe('support');
  expect(await make('support')).toBe('support-2');
  const long = 'a'.repeat(64);
  expect(await make(long)).toBe(long);
  const next = await make(long);
  expect(next).toMatch(slugPattern);
  expect(next).not.toBe(long);
  await expect(make('Not A Slug')).rejects.toMatchObject({ reason: 'slug_invalid', errors: [{ pointer: '/slug' }] });
});
