import type { SpendingRepository, Spent } from '@patchbay/db';

export type Period = 'day' | 'month';

/** What a holder has spent in the period that is now. */
export interface Account {
  spentUsd(): number;
  spend(usd: number): void;
}

/** What workspaces and keys spend, in memory, written down a moment later. */
export interface Spending {
  /** At once where it was asked for before. `holder` is `workspace` or the id of a key. */
  account(workspaceId: string, holder: string, period: Period): Account | Promise<Account>;
  /** Writes what is not yet stored. */
  flush(): Promise<void>;
}

export interface SpendingOptions {
  repository: SpendingRepository;
  now: () => number;
  onTrouble: (code: string, error: unknown) => void;
}

/** How long an amount is only in memory: what a crash forgets of a budget. */
const flushMs = 250;
const nano = 1_000_000_000;

/** `2026-11-26` or `2026-11`, in UTC. */
export const periodAt = (now: number, period: Period): string => new Date(now).toISOString().slice(0, period === 'day' ? 10 : 7);

export function createSpending({ repository, now, onTrouble }: SpendingOptions): Spending {
  const accounts = new Map<string, Account>();
  const unwritten = new Map<string, Spent>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const note = (spent: Spent): void => {
    const key = `${spent.workspaceId} ${spent.holder} ${spent.period}`;
    const before = unwritten.get(key);
    unwritten.set(key, before === undefined ? spent : { ...spent, nanoUsd: before.nanoUsd + spent.nanoUsd });
    timer ??= setTimeout(() => void flush(), flushMs).unref();
  };

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const rows = [...unwritten.values()];
    unwritten.clear();
    if (rows.length === 0) return;
    try {
      await repository.add(rows);
    } catch (error) {
      // Kept for the next time, so that a full disk loses nothing while we run.
      for (const row of rows) note(row);
      onTrouble('spending', error);
    }
  }

  async function open(key: string, workspaceId: string, holder: string, period: Period): Promise<Account> {
    let current = periodAt(now(), period);
    let nanoUsd = await repository.read(workspaceId, holder, current);
    const turn = (): void => {
      const today = periodAt(now(), period);
      if (today === current) return;
      current = today;
      nanoUsd = 0;
    };
    const opened = accounts.get(key);
    if (opened !== undefined) return opened;
    const account: Account = {
      spentUsd: () => {
        turn();
        return nanoUsd / nano;
      },
      spend: (usd) => {
        turn();
        const amount = Math.round(usd * nano);
        if (amount === 0) return;
        nanoUsd += amount;
        note({ workspaceId, holder, period: current, nanoUsd: amount });
      },
    };
    accounts.set(key, account);
    return account;
  }

  return {
    account: (workspaceId, holder, period) => {
      const key = `${workspaceId} ${holder} ${period}`;
      return accounts.get(key) ?? open(key, workspaceId, holder, period);
    },
    flush,
  };
}
