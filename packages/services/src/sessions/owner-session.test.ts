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
