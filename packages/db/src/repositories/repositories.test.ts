import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, test } from 'vitest';
import { localWorkspace, openDatabase } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase, scratchFolder } from '../testing.ts';

const mine = localWorkspace;
const foreign = 'ws_other';
const flowRow = (slug: string) => ({
  id: newId('flow'),
  slug,
  name: slug,
  nodeCount: 2,
  document: '{"a":1}',
  etag: 'one',
  publishedVersion: null,
  createdAt: 1,
  updatedAt: 1,
});
const runRow = (flowId: string, extra: Partial<{ status: string; source: string }> = {}) => ({
  id: newId('run'),
  flowId,
  flowName: 'F',
  version: null,
  source: 'test',
  status: 'succeeded',
  startedAt: Date.now(),
  durationMs: 3,
  simulated: true,
  usage: '{}',
  detail: '{"steps":[]}',
  ...extra,
});

test('a draft is saved only over the etag that was read, and only in its workspace', async () => {
  const db = await scratchDatabase();
  const row = flowRow('support');
  await db.flows.create(mine, row);
  const draft = { document: '{"a":2}', etag: 'two', name: 'New', nodeCount: 3, updatedAt: 2 };
  expect(await db.flows.save(foreign, row.id, 'one', draft)).toBe(false);
  expect(await db.flows.save(mine, row.id, 'stale', draft)).toBe(false);
  expect(await db.flows.save(mine, row.id, 'one', draft)).toBe(true);
  expect(await db.flows.save(mine, row.id, 'one', draft)).toBe(false);
  expect(await db.flows.read(mine, row.id)).toMatchObject({ document: '{"a":2}', etag: 'two', slug: 'support' });
  expect(await db.flows.read(foreign, row.id)).toBeUndefined();
  expect(await db.flows.list(foreign, 0)).toEqual([]);
  expect(await db.flows.delete(foreign, row.id)).toBe(false);
  expect(await db.flows.delete(mine, row.id)).toBe(true);
  expect(await db.flows.delete(mine, row.id)).toBe(false);
});

test('slugs are unique per installation', async () => {
  const db = await scratchDatabase();
  await db.flows.create(mine, flowRow('mail'));
  await db.flows.create(mine, flowRow('mail-2'));
  await expect(db.flows.create(mine, flowRow('mail'))).rejects.toMatchObject({ reason: 'conflict' });
  expect((await db.flows.takenSlugs('mail')).sort()).toEqual(['mail', 'mail-2']);
});

test('versions count up, pin their document, and the newest answers', async () => {
  const db = await scratchDatabase();
  const row = flowRow('a');
  await db.flows.create(mine, row);
  const publish = (slug: string, document: string) =>
    db.versions.publish(mine, { flowId: row.id, slug, document, hash: document, publishedAt: 5 });
  expect(await db.versions.findPublished(mine, row.id, undefined)).toBeUndefined();
  expect(await publish('a', 'first')).toBe(1);
  expect(await publish('b', 'second')).toBe(2);
  expect(await db.versions.findPublished(mine, row.id, undefined)).toMatchObject({ version: 2, document: 'second', workspaceId: mine });
  expect(await db.versions.findPublished(mine, row.id, 1)).toMatchObject({ version: 1, document: 'first' });
  expect(await db.versions.findPublished(mine, row.id, 9)).toBeUndefined();
  expect(await db.versions.findPublished(foreign, row.id, 1)).toBeUndefined();
  expect((await db.versions.list(mine, row.id)).map((version) => version.version)).toEqual([2, 1]);
  expect(await db.versions.list(foreign, row.id)).toEqual([]);
  await db.flows.create(mine, flowRow('taken'));
  await expect(publish('taken', 'third')).rejects.toMatchObject({ reason: 'conflict' });
  expect(await db.versions.list(mine, row.id)).toHaveLength(2);
  expect(await db.versions.publish(foreign, { flowId: row.id, slug: 'c', document: '', hash: '', publishedAt: 1 })).toBeUndefined();
});

test('an address that was published leads to its flow until that is deleted; one that never was is given up', async () => {
  const db = await scratchDatabase();
  const row = flowRow('draft');
  const other = flowRow('other');
  await db.flows.create(mine, row);
  await db.flows.create(mine, other);
  const publish = (flowId: string, slug: string) => db.versions.publish(mine, { flowId, slug, document: '', hash: '', publishedAt: 1 });
  await publish(row.id, 'a');
  expect(await db.flows.findBySlug('draft')).toBeUndefined();
  await publish(row.id, 'b');
  for (const slug of ['a', 'b']) expect(await db.flows.findBySlug(slug)).toEqual({ workspaceId: mine, id: row.id });
  expect(await db.flows.slugsOf(mine, [row.id, 'flow_none'])).toEqual([{ id: row.id, slug: 'b' }]);
  expect(await db.flows.slugsOf(foreign, [row.id])).toEqual([]);
  await expect(publish(other.id, 'a')).rejects.toMatchObject({ reason: 'conflict' });
  await expect(db.flows.create(mine, flowRow('a'))).rejects.toMatchObject({ reason: 'conflict' });
  expect(await publish(row.id, 'a')).toBe(3);
  expect((await db.flows.takenSlugs('')).sort()).toEqual(['a', 'b', 'other']);
  await db.flows.delete(mine, row.id);
  expect(await publish(other.id, 'a')).toBe(1);
});

test('runs are recorded, listed newest first in pages, and counted for their flow', async () => {
  const db = await scratchDatabase();
  const flow = flowRow('a');
  await db.flows.create(mine, flow);
  const rows = Array.from({ length: 5 }, (_, index) => runRow(flow.id, { source: index < 3 ? 'api' : 'test' }));
  await Promise.all(rows.map((row) => db.runs.record(mine, row)));
  await db.runs.record(mine, runRow('flow_else'));
  const newest = rows.map((row) => row.id).reverse();
  const first = await db.runs.list(mine, { flowId: flow.id, limit: 2 });
  expect(first.map((row) => row.id)).toEqual(newest.slice(0, 2));
  const second = await db.runs.list(mine, { flowId: flow.id, before: first[1]?.id, limit: 10 });
  expect(second.map((row) => row.id)).toEqual(newest.slice(2));
  expect(await db.runs.list(mine, { limit: 50 })).toHaveLength(6);
  expect(await db.runs.list(foreign, { limit: 50 })).toEqual([]);
  expect(await db.runs.read(mine, newest[0] ?? '')).toMatchObject({ simulated: true, detail: '{"steps":[]}' });
  expect(await db.runs.read(foreign, newest[0] ?? '')).toBeUndefined();
  expect(await db.flows.list(mine, Date.now() - 60_000)).toMatchObject([{ apiRuns: 3, lastRun: { id: newest[0], simulated: true } }]);
  expect(await db.flows.list(mine, Date.now() + 60_000)).toMatchObject([{ apiRuns: 0 }]);
});

test('what a process that died left unfinished is interrupted at the next start', async () => {
  const db = await scratchDatabase();
  const rows = ['queued', 'running', 'waiting', 'succeeded'].map((status) => runRow('flow_a', { status }));
  for (const row of rows) await db.runs.record(mine, row);
  expect(await db.runs.interruptUnfinished()).toBe(3);
  const after = await Promise.all(rows.map((row) => db.runs.read(mine, row.id)));
  expect(after.map((row) => row?.status)).toEqual(['interrupted', 'interrupted', 'interrupted', 'succeeded']);
});

test('a key is found by its hash until it is revoked, and only its workspace revokes it', async () => {
  const db = await scratchDatabase();
  const row = {
    id: newId('key'),
    name: 'ci',
    hash: 'h',
    hint: 'pb_live_…abcd',
    scopes: '["run"]',
    flows: null,
    limits: null,
    createdAt: 1,
    lastUsedAt: null,
    revokedAt: null,
  };
  await db.keys.create(mine, row);
  expect(await db.keys.findByHash('h')).toMatchObject({ id: row.id, workspaceId: mine });
  await db.keys.touch(mine, row.id, 7);
  expect(await db.keys.revoke(foreign, row.id, 8)).toBe(false);
  expect(await db.keys.revoke(mine, row.id, 8)).toBe(true);
  expect(await db.keys.revoke(mine, row.id, 9)).toBe(false);
  expect(await db.keys.findByHash('h')).toBeUndefined();
  expect(await db.keys.list(mine)).toMatchObject([{ lastUsedAt: 7, revokedAt: 8 }]);
  expect(await db.keys.list(foreign)).toEqual([]);
});

test('a session ends at its time and is forgotten when the next one is made', async () => {
  const db = await scratchDatabase();
  await db.sessions.create(mine, { hash: 's', createdAt: 0, lastSeenAt: 0, expiresAt: 100 });
  expect(await db.sessions.find('s', 99)).toMatchObject({ workspaceId: mine });
  await db.sessions.extend(mine, 's', 50, 200);
  expect(await db.sessions.find('s', 150)).toMatchObject({ lastSeenAt: 50 });
  expect(await db.sessions.find('s', 200)).toBeUndefined();
  await db.sessions.create(mine, { hash: 't', createdAt: 300, lastSeenAt: 300, expiresAt: 400 });
  expect(await db.sessions.find('s', 0)).toBeUndefined();
});

test('a write waits for the lock of another process and the event loop goes on meanwhile', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  const db = await openDatabase(file);
  const other = new Driver(file);
  other.exec('begin immediate');
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
    if (turns === 10) other.exec('commit');
  }, 5);
  await db.runs.record(mine, runRow('flow_a'));
  clearInterval(ticking);
  expect(turns).toBeGreaterThanOrEqual(10);
  expect(await db.runs.list(mine, { limit: 5 })).toHaveLength(1);
  other.close();
  await db.close();
});
