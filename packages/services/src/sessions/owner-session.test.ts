import { StorageError } from '@patchbay/db';
import { expect, test } from 'vitest';
import { fixture } from '../testing.ts';
import { findOwnerSession, openOwnerSession } from './owner-session.ts';

const day = 24 * 60 * 60 * 1_000;

test('a session ends a week after its last use, and a month after it began', async () => {
  let now = Date.now();
  const { services } = await fixture({}, { now: () => now });
  const { deps } = services;
  const { secret } = await openOwnerSession({ deps });
  expect(secret).toMatch(/^[\w-]{43}$/);
  for (let week = 0; week < 4; week += 1) {
    now += 6 * day;
    expect(await findOwnerSession({ deps, secret })).toEqual({ workspaceId: 'ws_local' });
  }
  now += 7 * day;
  expect(await findOwnerSession({ deps, secret })).toBeUndefined();
  const idle = await openOwnerSession({ deps });
  now += 8 * day;
  expect(await findOwnerSession({ deps, secret: idle.secret })).toBeUndefined();
});

test('no other text is a session, and the secret itself is not stored', async () => {
  const { services, dataFolder } = await fixture();
  const { secret } = await openOwnerSession({ deps: services.deps });
  for (const other of ['', 'x', 'x'.repeat(43), `${secret}x`])
    expect(await findOwnerSession({ deps: services.deps, secret: other })).toBeUndefined();
  const { readFileSync, readdirSync } = await import('node:fs');
  const stored = readdirSync(dataFolder).map((name) => readFileSync(`${dataFolder}/${name}`, 'latin1'));
  expect(stored.join('')).not.toContain(secret);
});

test('on a full disk a session is kept by the process, and one that is used goes on', async () => {
  let now = Date.now();
  const { services } = await fixture({}, { now: () => now });
  const { deps } = services;
  const stored = await openOwnerSession({ deps });
  const { create, extend } = deps.database.sessions;
  const full = async (): Promise<never> => {
    throw new StorageError('full', 'SQLITE_FULL');
  };
  Object.assign(deps.database.sessions, { create: full, extend: full });
  const { secret } = await openOwnerSession({ deps });
  now += day;
  for (const known of [stored.secret, secret]) expect(await findOwnerSession({ deps, secret: known })).toEqual({ workspaceId: 'ws_local' });
  now += 7 * day;
  for (const known of [stored.secret, secret]) expect(await findOwnerSession({ deps, secret: known })).toBeUndefined();
  // Trouble of another kind is not passed over.
  Object.assign(deps.database.sessions, { create: () => Promise.reject(new StorageError('corrupt', 'SQLITE_CORRUPT')) });
  await expect(openOwnerSession({ deps })).rejects.toMatchObject({ reason: 'corrupt' });
  Object.assign(deps.database.sessions, { create, extend });
});
