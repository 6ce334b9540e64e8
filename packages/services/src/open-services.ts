import { join } from 'node:path';
import { openDatabase } from '@patchbay/db';
import { type ConnectionSource, createHost, type LogLine, type MemoryStore } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import { templates } from '@patchbay/templates';
import { filesName } from './backups/places.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createVault } from './credentials/vault.ts';
import type { Deps } from './deps.ts';
import { createDispatcher, type DispatcherLimits } from './dispatcher/dispatcher.ts';
import { createFileStore, readFileSettings } from './files/file-store.ts';
import { createKeyCache } from './keys/verify-key.ts';
import { createIndexer } from './knowledge/indexer.ts';
import { createKnowledgeStore } from './knowledge/knowledge-store.ts';
import { createAdmission } from './limits/admission.ts';
import { createAnswerStore } from './limits/answer-store.ts';
import { createBudgets } from './limits/budgets.ts';
import { readLimits } from './limits/limit-settings.ts';
import { createSpending } from './limits/spending.ts';
import { createEndpointCache } from './runs/find-endpoint.ts';
import { keysKeptMs } from './runs/start-key.ts';
import { openKeyFile } from './secrets/key-file.ts';
import { keysOfSetting } from './secrets/keyring.ts';
import { createSecretStore } from './secrets/secret-store.ts';

export interface Services {
  deps: Deps;
  /** Starts nothing any more and lets what runs end for so long. What is left of durable runs goes on at the next start. */
  drain(graceMs: number): Promise<void>;
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
  dispatcherLimits?: Partial<DispatcherLimits>;
  /** True for a server: waiting for the disk is left to a thread. */
  checkpointsInThread?: boolean;
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
  dispatcherLimits,
  checkpointsInThread = false,
}: ServicesOptions): Promise<Services> {
  // First, since it refuses settings that cannot be used, and nothing is open then.
  const memory: MemoryStore = {
    recall: (workspace, kind, hashes) => database.memory.recall(workspace, kind, hashes, now()),
    remember: (workspace, kind, entries) => database.memory.remember(workspace, kind, entries, now()),
  };
  const masterKeys = { setting: keysOfSetting(environment['PATCHBAY_SECRET_KEY']), file: openKeyFile(dataFolder) };
  const source: ConnectionSource = { access: (id) => vault.access(id), secret: (id, name) => vault.secret(id, name) };
  const limits = readLimits(environment);
  const answerStore = createAnswerStore(() => database.answers, now);
  const files = createFileStore({
    ...readFileSettings(environment),
    folder: join(dataFolder, filesName),
    rows: () => database.files,
    now,
    onTrouble,
  });
  const host = createHost({
    env: environment,
    now,
    source,
    memory,
    knowledge: createKnowledgeStore(() => database),
    answerStore,
    files,
    conversations: createConversationStore(() => database, now),
    onTrouble,
    ...(onLog === undefined ? {} : { log: onLog }),
  });
  const database = await openDatabase(join(dataFolder, 'patchbay.db'), { checkpointsInThread });
  const secrets = createSecretStore({ database, masterKeys });
  const vault = createVault({ database, secrets, onTrouble });
  const spending = createSpending({ repository: database.spending, now, onTrouble });
  const liveRuns: Deps['liveRuns'] = new Map();
  const deps: Deps = {
    database,
    catalogue,
    host,
    files,
    templates,
    masterKeys,
    secrets,
    vault,
    keyCache: createKeyCache(),
    endpoints: createEndpointCache(),
    liveRuns,
    limits,
    admission: createAdmission(limits, now),
    budgets: createBudgets(limits, spending),
    dispatcher: createDispatcher(() => deps, dispatcherLimits),
    indexer: createIndexer(() => deps),
    now,
    onTrouble,
    version,
  };
  if (startsRuns) {
    await database.runs.interruptUnfinished();
    await database.journal.forgetKeys(now() - keysKeptMs);
    await deps.dispatcher.resumeAll();
    deps.indexer.wake();
  }
  return {
    deps,
    drain: (graceMs) => deps.dispatcher.stop(graceMs),
    async close() {
      await deps.dispatcher.stop(0);
      for (const run of liveRuns.values()) run.cancel('stopping');
      // A cancelled run ends at once; its record is what is waited for.
      for (let turn = 0; liveRuns.size > 0 && turn < 200; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      await deps.indexer.stop();
      await spending.flush();
      await database.close();
      await host.close();
    },
  };
}
