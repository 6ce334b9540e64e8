import type { Database } from '@patchbay/db';
import type { FileStore, Host } from '@patchbay/host';
import type { Catalogue } from '@patchbay/node-kit';
import type { Template } from '@patchbay/templates';
import type { Vault } from './credentials/vault.ts';
import type { Dispatcher } from './dispatcher/dispatcher.ts';
import type { KeyCache } from './keys/verify-key.ts';
import type { Indexer } from './knowledge/indexer.ts';
import type { Admission } from './limits/admission.ts';
import type { Budgets } from './limits/budgets.ts';
import type { LimitSettings } from './limits/limit-settings.ts';
import type { EndpointCache } from './runs/find-endpoint.ts';
import type { LiveRuns } from './runs/live-runs.ts';
import type { MasterKeys, SecretStore } from './secrets/secret-store.ts';

/** What use cases work with. Built once, by `openServices`. */
export interface Deps {
  database: Database;
  catalogue: Catalogue;
  host: Host;
  files: FileStore;
  templates: readonly Template[];
  masterKeys: MasterKeys;
  secrets: SecretStore;
  vault: Vault;
  keyCache: KeyCache;
  endpoints: EndpointCache;
  liveRuns: LiveRuns;
  limits: LimitSettings;
  admission: Admission;
  budgets: Budgets;
  dispatcher: Dispatcher;
  indexer: Indexer;
  /** Milliseconds since 1970. */
  now(): number;
  /** Trouble that is nobody's answer: the log hears of it. */
  onTrouble(code: string, error: unknown): void;
  version: string;
}
