import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../connection.ts';
import { localWorkspace, openDatabase } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchFolder } from '../testing.ts';
import { startCheckpointThread } from './checkpoint-thread.ts';
import { createCheckpoints } from './checkpoints.ts';
import { openLog } from './log-file.ts';

const sizeOf = (file: string) => statSync(file).size;

/** A file whose writer never moves its log, and the one who does. */
function twoConnections() {
  const file = join(scratchFolder(), 'a.db');
  const writer = new Driver(file);
  writer.pragma('journal_mode = WAL');
  writer.pragma('wal_autocheckpoint = 0');
  writer.exec('create table lines (text)');
  const other = new Driver(file);
  const clock = { commits: 0, now: 0 };
  const checkpoints = createCheckpoints(
    other,
    () => clock.commits,
    () => clock.now,
  );
  onTestFinished(() => {
    other.close();
    writer.close();
  });
  const write = (bytes = 100_000) => writer.prepare('insert into lines values (?)').run('x'.repeat(bytes));
  return { file, clock, write, look: checkpoints.look };
}

test('the log is moved after a thousand transactions, not before', () => {
  const { file, clock, write, look } = twoConnections();
  write();
  clock.commits = 999;
  look();
  expect(sizeOf(file)).toBeLessThan(100_000);
  clock.commits = 1_000;
  look();
  expect(sizeOf(file)).toBeGreaterThan(100_000);
  write(300_000);
  clock.commits = 1_999;
  look();
  expect(sizeOf(file)).toBeLessThan(300_000);
});

test('what few transactions wrote is moved after five seconds, and nothing where nothing was written', () => {
  const { file, clock, write, look } = twoConnections();
  write();
  clock.now = 4_999;
  look();
  expect(sizeOf(file)).toBeLessThan(100_000);
  clock.now = 5_000;
  look();
  const moved = sizeOf(file);
  expect(moved).toBeGreaterThan(100_000);
  clock.now = 20_000;
  look();
  expect(sizeOf(file)).toBe(moved);
});

test('the count of transactions may come round', () => {
  const { file, clock, write, look } = twoConnections();
  clock.commits = -2_147_483_000;
  write();
  look();
  expect(sizeOf(file)).toBeGreaterThan(100_000);
});

test('a server writes ten thousand runs with its checkpoints in a thread, and closes whole', { timeout: 60_000 }, async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  const database = await openDatabase(file, { checkpointsInThread: true });
  const before = sizeOf(file);
  const columns = { flowId: 'flow', flowName: 'F', version: 1, source: 'api', status: 'succeeded', startedAt: 1 };
  const ends = { durationMs: 1, simulated: false, usage: '{}', detail: JSON.stringify({ text: 'x'.repeat(1_000) }) };
  const started = Date.now();
  let written = 0;
  // Until the thread has moved some of it: only that makes the file grow while it is open.
  while (written < 10_000 || (sizeOf(file) <= before && Date.now() - started < 50_000)) {
    await Promise.all(Array.from({ length: 5 }, () => database.runs.record(localWorkspace, { id: newId('run'), ...columns, ...ends })));
    written += 5;
  }
  expect(sizeOf(file)).toBeGreaterThan(before);
  await database.close();
  const { drizzle, close } = connect(file);
  expect(drizzle.all('select count(*) as runs from runs')).toEqual([{ runs: written }]);
  expect(drizzle.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  await close();
});

test('a thread that ends unasked is told, one that is closed is not', async () => {
  const folder = scratchFolder();
  const ended = Promise.withResolvers<void>();
  startCheckpointThread(join(folder, 'nothing-here.db'), ended.resolve);
  await ended.promise;
  const file = join(folder, 'a.db');
  new Driver(file).close();
  let told = false;
  const thread = startCheckpointThread(file, () => {
    told = true;
  });
  await thread.close();
  expect(told).toBe(false);
});

test('a log that cannot be written to the disk is a full disk, and tried anew', async () => {
  const file = join(scratchFolder(), 'a.db');
  const log = openLog(file);
  await expect(log.flush()).rejects.toMatchObject({ reason: 'full' });
  writeFileSync(`${file}-wal`, '');
  await log.flush();
  await log.close();
});
