import { join } from 'node:path';
import Driver from 'better-sqlite3';

/** What the file itself says, read while no server has it. */
export interface Found {
  integrity: unknown;
  brokenReferences: unknown[];
  /** Statuses by run. */
  runs: Map<string, string>;
  /** `run:scope:node` of every step that has ended. */
  endedSteps: Set<string>;
}

/** A step that ended alone has a row; steps that ended in one moment share one. */
const endedSteps = `
  select run_id as run, scope, name as node from run_journal where kind = 'step' and record is not null
  union all
  select run_id, ended.value ->> 1, ended.value ->> 2 from run_journal, json_each(record) as ended
  where kind = 'batch' and ended.value ->> 0 = 'step'`;

export function readStore(dataFolder: string): Found {
  const driver = new Driver(join(dataFolder, 'patchbay.db'));
  try {
    const runs = driver.prepare<[], { id: string; status: string }>('select id, status from runs').all();
    const steps = driver.prepare<[], { run: string; scope: string; node: string }>(endedSteps).all();
    return {
      integrity: driver.pragma('integrity_check', { simple: true }),
      brokenReferences: driver.pragma('foreign_key_check') as unknown[],
      runs: new Map(runs.map(({ id, status }) => [id, status])),
      endedSteps: new Set(steps.map(({ run, scope, node }) => `${run}:${scope}:${node}`)),
    };
  } finally {
    driver.close();
  }
}
