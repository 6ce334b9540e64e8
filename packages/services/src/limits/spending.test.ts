import type { Spent } from '@patchbay/db';
import { createManualClock } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { createSpending, type Period, periodAt } from './spending.ts';

function store() {
  const rows = new Map<string, number>();
  const key = ({ workspaceId, holder, period }: Omit<Spent, 'nanoUsd'>) => `${workspaceId} ${holder} ${period}`;
  let failing = false;
  const repository = {
    read: async (workspaceId: string, holder: string, period: string) => rows.get(key({ workspaceId, holder, period })) ?? 0,
    add: async (spent: readonly Spent[]) => {
      if (failing) throw new Error('disk');
      for (const row of spent) rows.set(key(row), (rows.get(key(row)) ?? 0) + row.nanoUsd);
    },
  };
  return {
    rows,
    repository,
    fail: (on: boolean) => {
      failing = on;
    },
  };
}
const open = (repository: ReturnType<typeof store>['repository'], now: () => number, troubles: string[] = []) =>
  createSpending({ repository, now, onTrouble: (code) => void troubles.push(code) });
const account = async (spending: ReturnType<typeof createSpending>, period: Period = 'day') => spending.account('ws', 'key_1', period);

test.each([
  [Date.UTC(2026, 10, 26, 23, 59), '2026-11-26', '2026-11'],
  [Date.UTC(2027, 0, 1), '2027-01-01', '2027-01'],
])('%i is in %s and %s', (now, day, month) => {
  expect([periodAt(now, 'day'), periodAt(now, 'month')]).toEqual([day, month]);
});

test('what was spent outlives the process, to the billionth of a dollar', async () => {
  const clock = createManualClock();
  const { repository } = store();
  const first = open(repository, clock.now);
  (await account(first)).spend(0.25);
  (await account(first)).spend(0.000_000_001);
  await first.flush();
  expect((await account(open(repository, clock.now))).spentUsd()).toBe(0.250_000_001);
  expect(await account(first)).toBe(await account(first));
});

test('a new day begins at nothing; the month goes on', async () => {
  const clock = createManualClock(Date.UTC(2026, 0, 1, 23));
  const spending = open(store().repository, clock.now);
  const [day, month] = [await account(spending, 'day'), await account(spending, 'month')];
  for (const one of [day, month]) one.spend(1);
  clock.advance(2 * 3_600_000);
  expect([day.spentUsd(), month.spentUsd()]).toEqual([0, 1]);
});

test('asked for at once by many, there is one account', async () => {
  const spending = open(store().repository, Date.now);
  const [a, b] = await Promise.all([account(spending), account(spending)]);
  expect(a).toBe(b);
});

test('what cannot be written is written later, and nothing twice', async () => {
  const { repository, rows, fail } = store();
  const troubles: string[] = [];
  const spending = open(repository, () => 0, troubles);
  (await account(spending)).spend(1);
  fail(true);
  await spending.flush();
  expect(troubles).toEqual(['spending']);
  (await account(spending)).spend(1);
  fail(false);
  await spending.flush();
  await spending.flush();
  expect([...rows.values()]).toEqual([2_000_000_000]);
});
