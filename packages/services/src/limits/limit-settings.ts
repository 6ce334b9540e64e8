import { readCount, readDollars } from '@patchbay/host';

/** What runs may use, from the environment. Money is in US dollars; undefined is without limit. */
export interface LimitSettings {
  runCostUsd: number | undefined;
  /** Per workspace, by days and months of UTC. */
  dayCostUsd: number | undefined;
  monthCostUsd: number | undefined;
  /** Runs of a workspace at once. */
  runsAtOnce: number;
  runSeconds: number;
  runSteps: number;
}

/** Throws EnvironmentError, whose message is a sentence, for a value that cannot be used. */
export const readLimits = (env: Readonly<Record<string, string | undefined>>): LimitSettings => ({
  runCostUsd: readDollars(env, 'PATCHBAY_MAX_RUN_COST_USD'),
  dayCostUsd: readDollars(env, 'PATCHBAY_MAX_DAY_COST_USD'),
  monthCostUsd: readDollars(env, 'PATCHBAY_MAX_MONTH_COST_USD'),
  runsAtOnce: readCount(env, 'PATCHBAY_MAX_RUNS_AT_ONCE', 200),
  runSeconds: readCount(env, 'PATCHBAY_MAX_RUN_SECONDS', 900),
  runSteps: readCount(env, 'PATCHBAY_MAX_RUN_STEPS', 10_000),
});
