import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../connection.ts';
import { localWorkspace, openDatabase } from '../database.ts';
import { scratchDatabase, scratchFolder } from '../testing.ts';
import { createAnswersRepository } from './answers.ts';

const mine = localWorkspace;

test('what is spent adds up, by workspace, holder and period', async () => {
  const { spending } = await scratchDatabase();
  const spent = { workspaceId: mine, holder: 'key_1', period: '2026-11-26', nanoUsd: 1_500 };
  await spending.add([spent, { ...spent, period: '2026-11' }]);
  await spending.add([spent, { ...spent, holder: 'workspace', nanoUsd: 7 }]);
  expect(await spending.read(mine, 'key_1', '2026-11-26')).toBe(3_000);
  expect(await spending.read(mine, 'key_1', '2026-11')).toBe(1_500);
  expect(await spending.read(mine, 'workspace', '2026-11-26')).toBe(7);
  expect(await spending.read(mine, 'key_1', '2026-11-27')).toBe(0);
  expect(await spending.read('ws_other', 'key_1', '2026-11-26')).toBe(0);
});

test('a kept answer is read until its time, in its workspace, and can be replaced', async () => {
  const { answers } = await scratchDatabase();
  await answers.write(mine, 'k', { answer: '{"text":"a"}', expiresAt: 100 }, 1);
  expect(await answers.read(mine, 'k', 99)).toEqual({ answer: '{"text":"a"}', expiresAt: 100 });
  expect(await answers.read(mine, 'k', 100)).toBeUndefined();
  expect(await answers.read('ws_other', 'k', 1)).toBeUndefined();
  await answers.write(mine, 'k', { answer: '{"text":"b"}', expiresAt: 200 }, 2);
  expect((await answers.read(mine, 'k', 150))?.answer).toBe('{"text":"b"}');
});

test('what is too old goes, and the oldest make room', async () => {
  const file = join(scratchFolder(), 'patchbay.db');
  await (await openDatabase(file)).close();
  const connection = connect(file);
  onTestFinished(() => connection.close());
  const answers = createAnswersRepository(connection, 300_000);
  const kept = (expiresAt: number) => ({ answer: 'x'.repeat(1_000), expiresAt });
  await answers.write(mine, 'old', kept(5), 1);
  for (let index = 0; index < 1_000; index += 1) await answers.write(mine, `k${index}`, kept(1_000_000), 10 + index);
  await answers.write(mine, 'last', kept(1_000_000), 5_000);
  const found = async (key: string, now = 1) => (await answers.read(mine, key, now)) !== undefined;
  expect(await found('old')).toBe(false);
  expect(await found('k0')).toBe(false);
  expect(await found('k999')).toBe(true);
  expect(await found('last')).toBe(true);
});
