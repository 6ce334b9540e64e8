import { join } from 'node:path';
import { openDatabase } from '@patchbay/db';
import { createHost, type LogLine, type MemoryStore } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import { templates } from '@patchbay/templates';
import type { Deps } from './deps.ts';
import { createKeyCache } from './keys/verify-key.ts';
import { createAdmission } from './limits/admission.ts';
import { createAnswerStore } from './limits/answer-store.ts';
import { createBudgets } from './limits/budgets.ts';
import { readLimits } from './limits/limit-settings.ts';
import { createSpending } from './limits/spending.ts';
import { createEndpointCache } from './runs/find-endpoint.ts';

export interface Services {
  deps: Deps;
  /** Cancels what still runs, waits for its records, and closes the store. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  dataFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  version: string;
  onTrouble?: Deps['onTrouble'];
  /** A line a step wrote. */
  onLog?: (line: LogLine) => void;
  now?: () => number;
  /** False for a command beside a running server: runs of that server are not ours to end. */
  startsRuns?: boolean;
}

/** Opens the store and builds all that use cases work with. Rejects with a StorageError or an EnvironmentError, whose message is a sentence. */
export async function openServices({
  dataFolder,
  environment,
  version,
  onTrouble = () => {},
  onLog,
  now = Date.now,
  startsRuns = true,
}: ServicesOptions): Promise<Services> {
  // First, since it refuses settings that cannot be used, and nothing is open then.
  const memory: MemoryStore = {
    recall: (workspace, kind, hashes) => database.memory.recall(workspace, kind, hashes, now()),
    remember: (workspace, kind, entries) => database.memory.remember(workspace, kind, entries, now()),
  };
  const limits = readLimits(environment);
  const answerStore = createAnswerStore(() => database.answers, now);
  const host = createHost({ env: environment, now, memory, answerStore, onTrouble, ...(onLog === undefined ? {} : { log: onLog }) });
  const database = await openDatabase(join(dataFolder, 'patchbay.db'));
  const spending = createSpending({ repository: database.spending, now, onTrouble });
  if (startsRuns) await database.runs.interruptUnfinished();
  const liveRuns: Deps['liveRuns'] = new Map();
  const deps: Deps = {
    database,
    catalogue,
    host,
    templates,
    keyCache: createKeyCache(),
    endpoints: createEndpointCache(),
    liveRuns,
    limits,
    admission: createAdmission(limits, now),
    budgets: createBudgets(limits, spending),
    now,
    onTrouble,
    version,
  };
  return {
    deps,
    async close() {
      for (const run of liveRuns.values()) run.cancel('stopping');
      // A cancelled run ends at once; its record is what is waited for.
      for (let turn = 0; liveRuns.size > 0 && turn < 200; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      await spending.flush();
      await database.close();
      await host.close();
    },
  };
}
