import { blob, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * Every column our tables are made of, in SQLite's terms. A second dialect is a second file of this shape:
 * the tables and, with them, the repositories stay as they are.
 */
export const sqliteColumns = {
  table: sqliteTable,
  id: () => text().notNull(),
  text: () => text(),
  /** JSON as text. Its shape belongs to whoever wrote it. */
  json: () => text(),
  integer: () => integer(),
  bytes: () => blob({ mode: 'buffer' }),
  flag: () => integer({ mode: 'boolean' }),
  /** Milliseconds since 1970. */
  time: () => integer(),
  index,
  uniqueIndex,
  primaryKey,
  foreignKey,
};

export type Columns = typeof sqliteColumns;
