import { ModelError } from '@patchbay/models';
import { errorOfSignal } from '../outbound/errors.ts';

/** Whose money it is. */
export type PurseName = 'run' | 'key' | 'workspace';

/** A budget with what was spent of it and what is set aside for calls under way. All amounts are US dollars. */
export interface Purse {
  readonly name: PurseName;
  /** How long it lasts before it is full again; a run's is never. */
  readonly period: 'day' | 'month' | 'run';
  readonly limitUsd: number;
  spentUsd(): number;
  /** Counts what a call has cost, however much was set aside. */
  spend(usd: number): void;
}

interface OpenPurse extends Purse {
  reservedUsd: number;
  /** Calls under way. */
  open: number;
  readonly waiting: Set<() => void>;
}

export interface PurseOptions {
  name: PurseName;
  period: Purse['period'];
  limitUsd: number;
  /** What is spent already, asked each time: a new day begins at nothing. Absent means the purse counts by itself. */
  account?: { spentUsd(): number; spend(usd: number): void };
}

/** Gives back what was set aside, and takes what the call has cost. A second call does nothing. */
export type Settle = (costUsd: number) => void;

/** Sums of many small amounts are off by less than this. */
const epsilon = 1e-12;

export function createPurse({ name, period, limitUsd, account }: PurseOptions): Purse {
  let spent = 0;
  const own = {
    spentUsd: () => spent,
    spend: (usd: number) => {
      spent += usd;
    },
  };
  const { spentUsd, spend } = account ?? own;
  const purse: OpenPurse = { name, period, limitUsd, spentUsd, spend, reservedUsd: 0, open: 0, waiting: new Set() };
  return purse;
}

/**
 * Sets the most a call may cost aside in every purse, or in none. Where it would fit if calls under way cost less than
 * was set aside for them, it waits for these; where it would not fit even then it rejects with `budget_exceeded`.
 * So calls at once can overspend a purse only by what a single one costs beyond the most that was expected of it.
 */
export function reserve(purses: readonly Purse[], mostUsd: number, signal?: AbortSignal): Settle | Promise<Settle> {
  const open = purses as readonly OpenPurse[];
  const short = lacking(open, mostUsd);
  return short === undefined ? take(open, mostUsd) : wait(open, mostUsd, short, signal);
}

async function wait(purses: readonly OpenPurse[], mostUsd: number, first: OpenPurse, signal: AbortSignal | undefined): Promise<Settle> {
  for (let short: OpenPurse | undefined = first; short !== undefined; short = lacking(purses, mostUsd)) {
    // With nothing set aside there is nothing to wait for.
    if (short.spentUsd() + mostUsd > short.limitUsd + epsilon || short.open === 0) throw exceeded(short, mostUsd);
    await change(short, signal);
  }
  return take(purses, mostUsd);
}

const lacking = (purses: readonly OpenPurse[], mostUsd: number): OpenPurse | undefined =>
  purses.find((purse) => purse.spentUsd() + purse.reservedUsd + mostUsd > purse.limitUsd + epsilon);

function take(purses: readonly OpenPurse[], mostUsd: number): Settle {
  for (const purse of purses) {
    purse.reservedUsd += mostUsd;
    purse.open += 1;
  }
  let settled = false;
  return (costUsd) => {
    if (settled) return;
    settled = true;
    for (const purse of purses) {
      purse.open -= 1;
      // Exactly nothing when nobody is left, so that small errors do not add up.
      purse.reservedUsd = purse.open === 0 ? 0 : purse.reservedUsd - mostUsd;
      purse.spend(costUsd);
      const waiting = [...purse.waiting];
      purse.waiting.clear();
      for (const wake of waiting) wake();
    }
  };
}

function change(purse: OpenPurse, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return Promise.reject(errorOfSignal(signal));
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      purse.waiting.delete(wake);
      if (signal !== undefined) reject(errorOfSignal(signal));
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    purse.waiting.add(wake);
  });
}

/** Says which budget, and whether it is used up or one call alone would be more than all of it. */
function exceeded(purse: Purse, mostUsd: number): ModelError {
  const { name, period, limitUsd } = purse;
  const budget = period === 'run' ? 'run_budget' : `${name}_${period}_budget`;
  const reason = mostUsd > limitUsd + epsilon ? `${budget}_small` : budget;
  return new ModelError('budget_exceeded', reason, {
    limit: shown(limitUsd),
    spent: shown(purse.spentUsd()),
    most: shown(mostUsd),
  });
}

/** Dollars as a person reads them: cents, and two digits where it is less. */
const shown = (usd: number): string => `$${usd >= 0.1 || usd === 0 ? usd.toFixed(2) : String(Number(usd.toPrecision(2)))}`;
