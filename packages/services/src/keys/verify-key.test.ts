import { expect, test, vi } from 'vitest';
import { fixture, greeting } from '../testing.ts';
import { createKey } from './create-key.ts';
import { makeKey } from './key-format.ts';
import { revokeKey } from './revoke-key.ts';
import { verifyKey } from './verify-key.ts';

test('a known key says whose it is and what it may; all others are undefined alike', async () => {
  const { ctx, services, publish } = await fixture();
  const { deps } = services;
  const flowId = await publish(greeting(), 'greet');
  const made = await createKey({ ctx, input: { name: 'ci', scopes: ['run'], flows: ['greet'] } });
  expect(await verifyKey({ deps, key: made.key })).toEqual({
    workspaceId: 'ws_local',
    actor: { kind: 'key', id: made.id, scopes: ['run'], flows: [flowId] },
  });
  for (const key of [makeKey(), '', 'pb_live_', `${made.key}0`, made.key.toLowerCase()])
    expect(await verifyKey({ deps, key })).toBeUndefined();
});

test('a mistyped key costs no look-up, a good one costs one a second', async () => {
  const { ctx, services } = await fixture();
  const { deps } = services;
  const { key } = await createKey({ ctx, input: { name: 'ci', scopes: ['run'] } });
  const look = vi.spyOn(deps.database.keys, 'findByHash');
  await verifyKey({ deps, key: `${key.slice(0, -1)}~` });
  expect(look).toHaveBeenCalledTimes(0);
  for (let turn = 0; turn < 50; turn += 1) await verifyKey({ deps, key });
  expect(look).toHaveBeenCalledTimes(1);
});

test('revoking works at once here, and within a second in another process', async () => {
  const { ctx, services, again } = await fixture();
  const other = (await again()).deps;
  const { key, id } = await createKey({ ctx, input: { name: 'ci', scopes: ['run'] } });
  expect(await verifyKey({ deps: other, key })).toBeDefined();
  await revokeKey({ ctx, input: { id } });
  expect(await verifyKey({ deps: services.deps, key })).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  expect(await verifyKey({ deps: other, key })).toBeUndefined();
});

test('use is noted at most once a minute', async () => {
  const { ctx, services } = await fixture();
  const { deps } = services;
  const { key } = await createKey({ ctx, input: { name: 'ci', scopes: ['run'] } });
  const touch = vi.spyOn(deps.database.keys, 'touch');
  await verifyKey({ deps, key });
  deps.keyCache.clear();
  await verifyKey({ deps, key });
  expect(touch).toHaveBeenCalledTimes(1);
});
