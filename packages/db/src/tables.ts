import { type SQLWrapper, sql } from 'drizzle-orm';
import { type Columns, sqliteColumns } from './columns/sqlite.ts';
import { createKnowledgeTables } from './knowledge-tables.ts';
import { createTalkTables } from './talk-tables.ts';

/** Written out, not bound, so that SQLite sees that its partial index answers the question. */
export const unfinished = (status: SQLWrapper) => sql`${status} in ('queued', 'running', 'waiting')`;

/** The schema, written once over one dialect's columns. Every table but `workspaces` carries the workspace. */
export function createTables(c: Columns) {
  const workspaces = c.table('workspaces', {
    id: c.id().primaryKey(),
    name: c.text().notNull(),
    createdAt: c.time().notNull(),
    /** What `auto` means, as `connection/model`; null where nobody chose. */
    defaultModel: c.text(),
  });
  const owner = () => c.id().references(() => workspaces.id, { onDelete: 'cascade' });

  const flows = c.table(
    'flows',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      slug: c.text().notNull(),
      name: c.text().notNull(),
      nodeCount: c.integer().notNull(),
      document: c.json().notNull(),
      etag: c.text().notNull(),
      publishedVersion: c.integer(),
      createdAt: c.time().notNull(),
      updatedAt: c.time().notNull(),
    },
    (t) => [c.uniqueIndex('flows_slug').on(t.slug), c.index('flows_workspace').on(t.workspaceId, t.updatedAt)],
  );

  // Every address a flow has or once published under: callers of a former one are still answered.
  const flowSlugs = c.table(
    'flow_slugs',
    {
      workspaceId: owner(),
      slug: c.id().primaryKey(),
      flowId: c.id().references(() => flows.id, { onDelete: 'cascade' }),
    },
    (t) => [c.index('flow_slugs_flow').on(t.flowId)],
  );

  const versions = c.table(
    'versions',
    {
      workspaceId: owner(),
      flowId: c.id().references(() => flows.id, { onDelete: 'cascade' }),
      version: c.integer().notNull(),
      document: c.json().notNull(),
      hash: c.text().notNull(),
      publishedAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.flowId, t.version] })],
  );

  // One row a run, its steps inside. Ids are ordered by time, so the key is also the order of every list.
  // No reference to flows: a run outlives the flow it ran.
  const runs = c.table(
    'runs',
    {
      workspaceId: owner(),
      id: c.id(),
      flowId: c.text().notNull(),
      flowName: c.text().notNull(),
      version: c.integer(),
      source: c.text().notNull(),
      status: c.text().notNull(),
      startedAt: c.time().notNull(),
      durationMs: c.integer().notNull(),
      simulated: c.flag().notNull(),
      usage: c.json().notNull(),
      detail: c.json().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.id] }),
      c.index('runs_flow').on(t.flowId, t.id, t.source),
      c.index('runs_unfinished').on(t.status).where(unfinished(t.status)),
    ],
  );

  const apiKeys = c.table(
    'api_keys',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      name: c.text().notNull(),
      hash: c.text().notNull(),
      hint: c.text().notNull(),
      scopes: c.json().notNull(),
      /** Ids of the flows it may run; null means all. */
      flows: c.json(),
      /** What it may use at most; null means no limits of its own. */
      limits: c.json(),
      createdAt: c.time().notNull(),
      lastUsedAt: c.time(),
      revokedAt: c.time(),
    },
    (t) => [c.uniqueIndex('api_keys_hash').on(t.hash), c.index('api_keys_workspace').on(t.workspaceId, t.createdAt)],
  );

  const sessions = c.table(
    'sessions',
    {
      workspaceId: owner(),
      hash: c.id().primaryKey(),
      createdAt: c.time().notNull(),
      lastSeenAt: c.time().notNull(),
      expiresAt: c.time().notNull(),
    },
    (t) => [c.index('sessions_expiry').on(t.expiresAt)],
  );

  // What nodes made before and may use again, such as translations; of keys only their hashes.
  const memory = c.table(
    'memory',
    {
      workspaceId: owner(),
      kind: c.text().notNull(),
      hash: c.text().notNull(),
      value: c.text().notNull(),
      usedAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.workspaceId, t.kind, t.hash] }), c.index('memory_used').on(t.workspaceId, t.usedAt)],
  );

  // What a workspace or a key has spent in a day or month, in billionths of a dollar. Periods are named in UTC.
  const spending = c.table(
    'spending',
    {
      workspaceId: owner(),
      /** `workspace`, or the id of a key. */
      holder: c.text().notNull(),
      /** `2026-11-26` or `2026-11`. */
      period: c.text().notNull(),
      nanoUsd: c.integer().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.workspaceId, t.holder, t.period] })],
  );

  // Answers of models that may be given again: losing them costs calls, nothing else.
  const answers = c.table(
    'answers',
    {
      workspaceId: owner(),
      /** Hash of all that the answer depends on. */
      key: c.text().notNull(),
      length: c.integer().notNull(),
      createdAt: c.time().notNull(),
      expiresAt: c.time().notNull(),
      // Last, since it is long: what stands behind it could only be read through it.
      answer: c.json().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.key] }),
      c.index('answers_age').on(t.createdAt),
      c.index('answers_expiry').on(t.expiresAt),
    ],
  );

  // The key that seals a workspace's secrets, itself sealed by the master key `masterKeyId`.
  const dataKeys = c.table(
    'data_keys',
    {
      workspaceId: owner().primaryKey(),
      masterKeyId: c.text().notNull(),
      sealed: c.text().notNull(),
    },
    (t) => [c.index('data_keys_master').on(t.masterKeyId)],
  );

  const credentials = c.table(
    'credentials',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      /** `provider` for a model provider, `secret` for a header of HTTP steps. */
      kind: c.text().notNull(),
      /** What flows name it by: given once, unique for its kind. */
      name: c.text().notNull(),
      title: c.text().notNull(),
      /** Of providers: which one. */
      provider: c.text(),
      /** Of providers: the address, where it is not the provider's own. */
      baseUrl: c.text(),
      /** Of clouds: where in the cloud, such as `eu-central-1`; null for its usual place. */
      region: c.text(),
      /** The only origin the secret may be sent to. */
      origin: c.text().notNull(),
      /** Of providers: what a bare name means. */
      model: c.text(),
      /** The secret under the workspace's data key; null where there is none, as for a local server. */
      sealed: c.text(),
      /** Counts the secrets this row has had; part of what `sealed` is bound to. */
      version: c.integer().notNull(),
      /** The last four characters of a secret that is long enough to show them. */
      hint: c.text(),
      createdAt: c.time().notNull(),
      changedAt: c.time().notNull(),
      /** How the last live test ended, as JSON with its time; null before the first. */
      lastTest: c.json(),
      /** Whose runs may use it: those of `everyone`, or of `managers` of the workspace alone. */
      usableBy: c.text().notNull().default('everyone'),
    },
    (t) => [c.uniqueIndex('credentials_name').on(t.workspaceId, t.kind, t.name)],
  );

  // What is known of a file; its content lies beside the database under its id, so that rows stay short.
  const files = c.table(
    'files',
    {
      workspaceId: owner(),
      id: c.id().primaryKey(),
      /** SHA-256 of the content: the same file again is the file there is. */
      hash: c.text().notNull(),
      mediaType: c.text().notNull(),
      /** What a person calls it; empty where nobody said. */
      name: c.text().notNull(),
      size: c.integer().notNull(),
      createdAt: c.time().notNull(),
      usedAt: c.time().notNull(),
    },
    (t) => [
      c.uniqueIndex('files_content').on(t.workspaceId, t.hash, t.mediaType, t.name),
      c.index('files_used').on(t.workspaceId, t.usedAt),
    ],
  );

  return { workspaces, flows, flowSlugs, versions, runs, apiKeys, sessions, memory, spending, answers, dataKeys, credentials, files };
}

/** What a durable run leaves while it goes, so that another process can go on with it. All of it goes when its run goes. */
export function createJournalTables(c: Columns, { runs, workspaces }: Pick<ReturnType<typeof createTables>, 'runs' | 'workspaces'>) {
  const owner = () => c.id().references(() => workspaces.id, { onDelete: 'cascade' });

  // One row a durable run. Its status stands in `runs`, its order is that of its id.
  const runQueue = c.table(
    'run_queue',
    {
      workspaceId: owner(),
      runId: c.id(),
      /** Counts who executed it: writes of a former attempt are refused. 0 before the first. */
      attempt: c.integer().notNull(),
      /** The draft it runs; null where the version in `runs` says it. */
      document: c.json(),
      locale: c.text().notNull(),
      /** The API key that started it, whose limits hold; null for the owner. */
      keyId: c.text(),
      /** Whoever started it managed the workspace then. */
      manages: c.flag().notNull().default(false),
      /** When a waiting run goes on by itself, if it does. */
      wakeAt: c.time(),
      /** Id of the run's last event, once there is one. */
      endEvent: c.integer(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.runId] }),
      c.index('run_queue_wake').on(t.wakeAt).where(sql`${t.wakeAt} is not null`),
      c.foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    ],
  );

  // One row per step that has ended (or, where it must not run twice, has begun) and per output that is whole.
  const runJournal = c.table(
    'run_journal',
    {
      workspaceId: owner(),
      runId: c.id(),
      /** `step` or `output`. */
      kind: c.text().notNull(),
      /** Containers and iterations, as in events; empty at the top. */
      scope: c.text().notNull(),
      /** The node, or the output. */
      name: c.text().notNull(),
      attempt: c.integer().notNull(),
      /** Id of the event that told its end; null while it has only begun. */
      event: c.integer(),
      record: c.json(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.runId, t.kind, t.scope, t.name] }),
      c.foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    ],
  );

  // What a waiting run waits for: a person's answer, or a time.
  const runWaits = c.table(
    'run_waits',
    {
      workspaceId: owner(),
      id: c.id(),
      runId: c.id(),
      scope: c.text().notNull(),
      node: c.text().notNull(),
      ask: c.json().notNull(),
      /** When it ends by itself, if it does. */
      until: c.time(),
      /** Null until somebody answered or its time came. */
      answer: c.json(),
      answeredAt: c.time(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.id] }),
      c.uniqueIndex('run_waits_step').on(t.workspaceId, t.runId, t.scope, t.node),
      c.foreignKey({ columns: [t.workspaceId, t.runId], foreignColumns: [runs.workspaceId, runs.id] }).onDelete('cascade'),
    ],
  );

  // Which run a caller's Idempotency-Key started, and with what.
  const startKeys = c.table(
    'start_keys',
    {
      workspaceId: owner(),
      route: c.text().notNull(),
      key: c.text().notNull(),
      bodyHash: c.text().notNull(),
      runId: c.text().notNull(),
      createdAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.workspaceId, t.route, t.key] }), c.index('start_keys_age').on(t.createdAt)],
  );

  return { runQueue, runJournal, runWaits, startKeys };
}

/** What stands beside a draft and is no part of the flow. All of it goes when the flow goes. */
export function createDraftTables(c: Columns, { flows, workspaces }: Pick<ReturnType<typeof createTables>, 'flows' | 'workspaces'>) {
  const owner = () => c.id().references(() => workspaces.id, { onDelete: 'cascade' });
  const ofFlow = () => c.id().references(() => flows.id, { onDelete: 'cascade' });

  // Values a person set for a step: test runs take them instead of executing it.
  const pins = c.table(
    'pins',
    {
      workspaceId: owner(),
      flowId: ofFlow(),
      node: c.id(),
      /** Values by output port. */
      outputs: c.json().notNull(),
      pinnedAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.flowId, t.node] })],
  );

  // Drafts as they were when they ran, so that a test run can be replayed. The same text is kept once.
  const ranDrafts = c.table(
    'ran_drafts',
    {
      workspaceId: owner(),
      flowId: ofFlow(),
      etag: c.id(),
      document: c.json().notNull(),
      ranAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.flowId, t.etag] })],
  );

  return { pins, ranDrafts };
}

const tables = createTables(sqliteColumns);
export const { workspaces, flows, flowSlugs, versions, runs, apiKeys, sessions, memory, spending, answers, dataKeys, credentials, files } =
  tables;
export const { runQueue, runJournal, runWaits, startKeys } = createJournalTables(sqliteColumns, tables);
export const { pins, ranDrafts } = createDraftTables(sqliteColumns, tables);
export const { knowledgeBases, knowledgeDocuments, knowledgePassages, knowledgeVectors } = createKnowledgeTables(
  sqliteColumns,
  tables.workspaces,
);
export const { conversations, exchanges } = createTalkTables(sqliteColumns, tables);
