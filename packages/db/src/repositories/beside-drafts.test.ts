import { expect, test } from 'vitest';
import { connect } from '../connection.ts';
import { localWorkspace as mine, openDatabase } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase, scratchFolder } from '../testing.ts';
import { createRanDraftsRepository } from './ran-drafts.ts';

const foreign = 'ws_other';
const flowRow = (slug: string) => ({
  id: newId('flow'),
  slug,
  name: slug,
  nodeCount: 1,
  document: '{}',
  etag: 'one',
  publishedVersion: null,
  createdAt: 1,
  updatedAt: 1,
});

test('a pin is set over the one there is, taken away once, and is seen in its workspace only', async () => {
  const db = await scratchDatabase();
  const { id } = flowRow('a');
  await db.flows.create(mine, { ...flowRow('a'), id });
  await db.pins.set(mine, id, { node: 'b', outputs: '{"text":"x"}', pinnedAt: 1 });
  await db.pins.set(mine, id, { node: 'a', outputs: '{}', pinnedAt: 2 });
  await db.pins.set(mine, id, { node: 'b', outputs: '{"text":"y"}', pinnedAt: 3 });
  expect(await db.pins.list(mine, id)).toEqual([
    { node: 'a', outputs: '{}', pinnedAt: 2 },
    { node: 'b', outputs: '{"text":"y"}', pinnedAt: 3 },
  ]);
  expect(await db.pins.list(foreign, id)).toEqual([]);
  expect(await db.pins.remove(foreign, id, 'a')).toBe(false);
  expect(await db.pins.remove(mine, id, 'a')).toBe(true);
  expect(await db.pins.remove(mine, id, 'a')).toBe(false);
});

test('what stands beside a draft goes with its flow', async () => {
  const db = await scratchDatabase();
  const row = flowRow('a');
  await db.flows.create(mine, row);
  await db.pins.set(mine, row.id, { node: 'a', outputs: '{}', pinnedAt: 2 });
  await db.ranDrafts.keep(mine, row.id, { etag: 'one', document: '{"a":1}' }, 1);
  expect(await db.ranDrafts.read(mine, row.id, 'one')).toBe('{"a":1}');
  expect(await db.ranDrafts.read(foreign, row.id, 'one')).toBeUndefined();
  await db.flows.delete(mine, row.id);
  expect(await db.pins.list(mine, row.id)).toEqual([]);
  expect(await db.ranDrafts.read(mine, row.id, 'one')).toBeUndefined();
});

test('of drafts that ran the newest are kept, each once', async () => {
  const file = `${scratchFolder()}/db`;
  const db = await openDatabase(file);
  const row = flowRow('a');
  await db.flows.create(mine, row);
  await db.close();
  const connection = connect(file);
  const drafts = createRanDraftsRepository(connection, 2);
  await drafts.keep(mine, row.id, { etag: 'one', document: '1' }, 1);
  await drafts.keep(mine, row.id, { etag: 'two', document: '2' }, 2);
  await drafts.keep(mine, row.id, { etag: 'one', document: '1' }, 3);
  await drafts.keep(mine, row.id, { etag: 'three', document: '3' }, 4);
  const read = (etag: string) => drafts.read(mine, row.id, etag);
  expect([await read('one'), await read('two'), await read('three')]).toEqual(['1', undefined, '3']);
  connection.close();
});
