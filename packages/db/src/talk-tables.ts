import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Columns } from './columns/sqlite.ts';

/** What is remembered of talks with flows, deleted with their flow. */
export function createTalkTables(c: Columns, { workspaces, flows }: Record<'workspaces' | 'flows', { id: AnySQLiteColumn }>) {
  const owner = () => c.id().references(() => workspaces.id, { onDelete: 'cascade' });

  const conversations = c.table(
    'conversations',
    {
      workspaceId: owner(),
      flowId: c.id().references(() => flows.id, { onDelete: 'cascade' }),
      id: c.text().notNull(),
      /** Stands for all exchanges up to that number. */
      summary: c.text().notNull(),
      summarised: c.integer().notNull(),
      updatedAt: c.time().notNull(),
      /** When it is forgotten. */
      endsAt: c.time().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.workspaceId, t.flowId, t.id] }), c.index('conversations_end').on(t.endsAt)],
  );

  const exchanges = c.table(
    'conversation_exchanges',
    {
      workspaceId: c.id(),
      flowId: c.id(),
      conversationId: c.text().notNull(),
      number: c.integer().notNull(),
      /** The step that made it, so that a later attempt of it takes its place. */
      key: c.text().notNull(),
      question: c.text().notNull(),
      answer: c.text().notNull(),
      createdAt: c.time().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.workspaceId, t.flowId, t.conversationId, t.number] }),
      c.uniqueIndex('conversation_exchanges_key').on(t.workspaceId, t.flowId, t.conversationId, t.key),
      c
        .foreignKey({
          columns: [t.workspaceId, t.flowId, t.conversationId],
          foreignColumns: [conversations.workspaceId, conversations.flowId, conversations.id],
        })
        .onDelete('cascade'),
    ],
  );

  return { conversations, exchanges };
}
