import { expect, test } from 'vitest';
import { localWorkspace } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase } from '../testing.ts';

const mine = localWorkspace;

async function taken() {
  const db = await scratchDatabase();
  const run = {
    id: newId('run'),
    flowId: 'flow_1',
    flowName: 'F',
    version: 1,
    source: 'api',
    status: 'running',
    startedAt: 1,
    durationMs: 0,
    simulated: false,
    usage: '{}',
    detail: '{}',
  };
  await db.journal.accept(mine, { run, document: null, locale: 'en', keyId: null, manages: true, toDisk: false, attempt: 1 });
  const of = { workspaceId: mine, runId: run.id, attempt: 1 };
  const status = async () => (await db.journal.read(mine, run.id))?.run.status;
  return { db, of, status };
}
const wait = (node: string, until: number | null = null) => ({ id: newId('wait'), scope: '', node, ask: '{}', until });

test('a run is put aside until it is answered, once', async () => {
  const { db, of, status } = await taken();
  const ask = wait('ask');
  expect(await db.waits.park(of, [ask])).toBe('parked');
  expect(await status()).toBe('waiting');
  const place = { workspaceId: mine, id: ask.id, runId: of.runId };
  expect(await db.waits.answer({ ...place, workspaceId: 'ws_other' }, '1', 5)).toBe(false);
  expect(await db.waits.answer(place, '1', 5)).toBe(true);
  expect(await db.waits.answer(place, '2', 6)).toBe(false);
  expect(await status()).toBe('queued');
  expect(await db.waits.list(mine, of.runId)).toMatchObject([{ id: ask.id, answer: '1', answeredAt: 5 }]);
  expect(await db.waits.list('ws_other', of.runId)).toEqual([]);
});

test('an answer that comes before the run is put aside is not lost', async () => {
  const { db, of, status } = await taken();
  const ask = wait('ask');
  await db.waits.park(of, [ask]);
  await db.journal.take({ ...of, attempt: 2 });
  await db.waits.answer({ workspaceId: mine, id: ask.id, runId: of.runId }, '1', 5);
  // The step asks again under another id: what it asked first stands, and its answer is there.
  expect(await db.waits.park({ ...of, attempt: 2 }, [wait('ask')])).toBe('answered');
  expect(await status()).toBe('queued');
  expect(await db.waits.list(mine, of.runId)).toHaveLength(1);
  expect(await db.waits.park(of, [wait('other')])).toBe('refused');
});

test('what has its time is answered when it comes, the earliest first', async () => {
  const { db, of, status } = await taken();
  await db.waits.park(of, [wait('soon', 100), wait('later', 200), wait('never')]);
  expect(await db.waits.expire(99, () => 'x')).toEqual([]);
  expect(await db.waits.expire(100, ({ node }) => node)).toEqual([{ workspaceId: mine, runId: of.runId }]);
  expect(await status()).toBe('queued');
  expect((await db.waits.list(mine, of.runId)).map(({ answer }) => answer)).toEqual(['soon', null, null]);
  await db.journal.take({ ...of, attempt: 2 });
  await db.waits.park({ ...of, attempt: 2 }, [wait('later', 300), wait('never')]);
  expect(await db.waits.expire(199, () => 'x')).toEqual([]);
  expect(await db.waits.expire(200, () => 'late')).toHaveLength(1);
});
