import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../connection.ts';
import { localWorkspace, openDatabase } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchFolder } from '../testing.ts';
import { createJournalSlips } from './journal-slips.ts';
import type { JournalStatements } from './journal-statements.ts';
import type { NewEntry } from './journal-types.ts';

const mine = localWorkspace;
const end = { status: 'succeeded', durationMs: 5, simulated: false, usage: '{}', detail: '{"outputs":{}}', endEvent: 9 };
const step = (name: string, event: number, record = '{"x":1}'): NewEntry => ({ kind: 'step', scope: '', name, event, record });

async function running(folder = scratchFolder()) {
  const db = await openDatabase(join(folder, 'patchbay.db'));
  onTestFinished(() => db.close());
  const run = { id: newId('run'), flowId: 'flow_1', flowName: 'F', version: 1, source: 'api', status: 'running', startedAt: 1 };
  const columns = { durationMs: 0, simulated: false, usage: '{}', detail: '{}' };
  await db.journal.accept(mine, {
    run: { ...run, ...columns },
    document: null,
    locale: 'en',
    keyId: null,
    manages: true,
    toDisk: false,
    attempt: 1,
  });
  const of = { workspaceId: mine, runId: run.id, attempt: 1 };
  return { db, of, names: async () => (await db.journal.entries(mine, run.id)).map(({ name }) => name) };
}

test('what ends in one moment, the run included, is one row of the journal', async () => {
  const folder = scratchFolder();
  const { db, of, names } = await running(folder);
  const done = await Promise.all([
    db.journal.add(of, step('a', 2)),
    db.journal.add(of, step('b', 3)),
    db.journal.finish(of, end, [step('c', 4)]),
  ]);
  expect(done).toEqual([true, true, true]);
  expect(await names()).toEqual(['a', 'b', 'c']);
  expect(await db.journal.read(mine, of.runId)).toMatchObject({ endEvent: 9, run: { status: 'succeeded' } });
  await db.close();
  const { drizzle, close } = connect(join(folder, 'patchbay.db'));
  expect(drizzle.all('select count(*) as rows from run_journal')).toEqual([{ rows: 1 }]);
  close();
});

test('what comes after the end has no place', async () => {
  const { db, of, names } = await running();
  const done = await Promise.all([
    db.journal.add(of, step('a', 2)),
    db.journal.finish(of, end),
    db.journal.finish(of, end, [step('b', 3)]),
  ]);
  expect(done).toEqual([true, true, false]);
  expect(await names()).toEqual(['a']);
});

test('what a flow hides takes the place of all that was noted', async () => {
  const { db, of } = await running();
  await db.journal.begin(of, { scope: '', node: 'a' });
  await db.journal.add(of, step('a', 2, '"ada@example.com"'));
  await Promise.all([db.journal.add(of, step('b', 3, '"ada@example.com"')), db.journal.add(of, step('c', 4, '"ada@example.com"'))]);
  const masked = ['a', 'b', 'c'].map((name, at) => step(name, at + 2, '"[EMAIL_1]"'));
  expect(await db.journal.finish(of, end, [], masked)).toBe(true);
  const entries = await db.journal.entries(mine, of.runId);
  expect(entries.map(({ name, record }) => [name, record])).toEqual(['a', 'b', 'c'].map((name) => [name, '"[EMAIL_1]"']));
});

test('a run does not end while steps of it could not be stored', async () => {
  const { db, of, names } = await running();
  // A value the driver cannot store stands for a write that fails.
  const broken = { ...step('a', 2), record: {} as unknown as string };
  const noted = db.journal.add(of, broken);
  await expect(noted).rejects.toThrow();
  const both = [db.journal.add(of, { ...broken, name: 'b' }), db.journal.finish(of, end)];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await names()).toEqual([]);
  expect(await db.journal.read(mine, of.runId)).toMatchObject({ run: { status: 'running' } });
});

test('former attempts write nothing, though they write in the same moment', async () => {
  const { db, of, names } = await running();
  const next = { ...of, attempt: 2 };
  expect(await db.journal.take(next)).toBe(true);
  const done = await Promise.all([db.journal.add(of, step('a', 2)), db.journal.add(next, step('b', 3)), db.journal.add(of, step('c', 4))]);
  expect(done).toEqual([false, true, false]);
  expect(await names()).toEqual(['b']);
});

test('an end that was on its way behind a failed write fails with it', async () => {
  const jobs: { work: () => void; ended: PromiseWithResolvers<void> }[] = [];
  const add = (work: () => void) => {
    const ended = Promise.withResolvers<void>();
    jobs.push({ work, ended });
    return ended.promise;
  };
  const written: string[] = [];
  const statements = new Proxy({}, { get: (_, name) => () => written.push(String(name)) > 0 && 1 }) as JournalStatements;
  const slips = createJournalSlips({ add, settled: async () => {} }, statements);
  const of = { workspaceId: mine, runId: 'run_1', attempt: 1 };
  const noted = slips.add(of, step('a', 2));
  jobs[0]?.work();
  const ended = slips.finish(of, end);
  jobs[0]?.ended.reject(new Error('disk'));
  await expect(noted).rejects.toThrow('disk');
  written.length = 0;
  expect(() => jobs[1]?.work()).toThrow('disk');
  expect(written).toEqual([]);
  jobs[1]?.ended.reject(new Error('disk'));
  await expect(ended).rejects.toThrow('disk');
});
