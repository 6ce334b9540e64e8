import { expect, test } from 'vitest';
import type { Connection } from './connection.ts';
import { createGroupCommit } from './group-commit.ts';

function fakeConnection(begin: () => void = () => {}) {
  const committed: number[][] = [];
  let open: number[] = [];
  const connection = {
    transaction(work: () => void) {
      begin();
      open = [];
      work();
      committed.push(open);
    },
  } as unknown as Connection;
  return { connection, committed, insert: (row: number) => void open.push(row) };
}

test('rows of one turn share a transaction and each promise waits for it', async () => {
  const { connection, committed, insert } = fakeConnection();
  const records = createGroupCommit<number>(connection, insert);
  await Promise.all([1, 2, 3].map((row) => records.add(row)));
  await records.add(4);
  expect(committed).toEqual([[1, 2, 3], [4]]);
  await records.settled();
});

test('a lock of another process is waited for, without losing a row', async () => {
  let tries = 0;
  const { connection, committed, insert } = fakeConnection(() => {
    tries += 1;
    if (tries < 4) throw Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
  });
  const records = createGroupCommit<number>(connection, insert);
  await Promise.all([records.add(1), records.add(2)]);
  expect(tries).toBe(4);
  expect(committed).toEqual([[1, 2]]);
});

test('one bad row rejects alone', async () => {
  const { connection, committed } = fakeConnection();
  const written: number[] = [];
  const records = createGroupCommit<number>(connection, (row) => {
    if (row === 2) throw Object.assign(new Error('no space'), { code: 'SQLITE_FULL' });
    written.push(row);
  });
  const settled = await Promise.allSettled([1, 2, 3].map((row) => records.add(row)));
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(settled[1]).toMatchObject({ reason: { reason: 'full' } });
  expect(committed).toHaveLength(2);
});

test('rows for the disk wait for it; what comes meanwhile shares the next wait', async () => {
  const { connection, committed, insert } = fakeConnection();
  const waits: PromiseWithResolvers<void>[] = [];
  const flush = () => {
    const one = Promise.withResolvers<void>();
    waits.push(one);
    return one.promise;
  };
  const records = createGroupCommit<number>(Object.assign(connection, { flush }), insert, { toDisk: true });
  const first = records.add(1);
  await expect.poll(() => waits.length).toBe(1);
  const others = [records.add(2), records.add(3)];
  await new Promise((turn) => setImmediate(turn));
  expect(committed).toEqual([[1]]);
  waits[0]?.resolve();
  await first;
  await expect.poll(() => waits.length).toBe(2);
  waits[1]?.reject(new Error('disk'));
  expect((await Promise.allSettled(others)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(committed).toEqual([[1], [2, 3]]);
});
