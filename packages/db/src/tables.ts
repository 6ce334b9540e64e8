import { type SQLWrapper, sql } from 'drizzle-orm';
import { type Columns, sqliteColumns } from './columns/sqlite.ts';

/** Written out, not bound, so that SQLite sees that its partial index answers the question. */
export const unfinished = (status: SQLWrapper) => sql`${status} in ('queued', 'running', 'waiting')`;

/** The schema, written once over one dialect's columns. Every table but `workspaces` carries the workspace. */
export function createTables(c: Columns) {
  const workspaces = c.table('workspaces', {
    id: c.id().primaryKey(),
    name: c.text().notNull(),
    createdAt: c.time().notNull(),
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

  return { workspaces, flows, flowSlugs, versions, runs, apiKeys, sessions, memory, spending, answers };
}

export const { workspaces, flows, flowSlugs, versions, runs, apiKeys, sessions, memory, spending, answers } = createTables(sqliteColumns);
