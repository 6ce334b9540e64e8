import { createPurse, type Purse } from '@patchbay/host';
import type { Ctx } from '../context.ts';
import type { LimitSettings } from './limit-settings.ts';
import type { Period, Spending } from './spending.ts';

/** The budgets that hold for a run. Those of a workspace and of a key are shared by all their runs. */
export interface Budgets {
  /** At once where there are none or all are known, so that a call without budgets waits for nothing. */
  pursesFor(ctx: Pick<Ctx, 'workspaceId' | 'actor'>): readonly Purse[] | Promise<readonly Purse[]>;
}

interface Wanted {
  name: 'key' | 'workspace';
  holder: string;
  period: Period;
  limitUsd: number;
}

const none: readonly Purse[] = [];

export function createBudgets(settings: LimitSettings, spending: Spending): Budgets {
  const shared = new Map<string, Purse>();

  const purseOf = async (workspaceId: string, { name, holder, period, limitUsd }: Wanted): Promise<Purse> => {
    const key = keyOf(workspaceId, { name, holder, period, limitUsd });
    const account = await spending.account(workspaceId, holder, period);
    // Somebody else may have made it while we waited: what is set aside must be seen by all.
    const purse = shared.get(key) ?? createPurse({ name, period, limitUsd, account });
    shared.set(key, purse);
    return purse;
  };
  const runPurse = (): readonly Purse[] =>
    settings.runCostUsd === undefined ? none : [createPurse({ name: 'run', period: 'run', limitUsd: settings.runCostUsd })];

  return {
    pursesFor: ({ workspaceId, actor }) => {
      const wanted = wantedOf(settings, actor);
      if (wanted.length === 0) return runPurse();
      const known = wanted.flatMap((one) => shared.get(keyOf(workspaceId, one)) ?? []);
      if (known.length === wanted.length) return [...runPurse(), ...known];
      return Promise.all(wanted.map((one) => purseOf(workspaceId, one))).then((purses) => [...runPurse(), ...purses]);
    },
  };
}

const keyOf = (workspaceId: string, { holder, period, limitUsd }: Wanted): string => `${workspaceId} ${holder} ${period} ${limitUsd}`;

function wantedOf({ dayCostUsd, monthCostUsd }: LimitSettings, actor: Ctx['actor']): Wanted[] {
  const all: Wanted[] = [];
  const add = (name: Wanted['name'], holder: string, period: Period, limitUsd: number | undefined): void => {
    if (limitUsd !== undefined) all.push({ name, holder, period, limitUsd });
  };
  if (actor.kind === 'key') {
    add('key', actor.id, 'day', actor.limits?.costPerDayUsd);
    add('key', actor.id, 'month', actor.limits?.costPerMonthUsd);
  }
  add('workspace', 'workspace', 'day', dayCostUsd);
  add('workspace', 'workspace', 'month', monthCostUsd);
  return all;
}
