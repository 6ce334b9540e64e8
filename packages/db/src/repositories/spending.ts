import { sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { spending } from '../tables.ts';

/** What was spent besides what is stored. */
export interface Spent {
  workspaceId: string;
  /** `workspace`, or the id of a key. */
  holder: string;
  /** `2026-11-26` or `2026-11`. */
  period: string;
  nanoUsd: number;
}

export interface SpendingRepository {
  /** In billionths of a dollar; 0 where nothing was spent. */
  read(workspaceId: string, holder: string, period: string): Promise<number>;
  /** Adds all in one transaction. */
  add(spent: readonly Spent[]): Promise<void>;
}

export function createSpendingRepository({ drizzle, transaction }: Connection): SpendingRepository {
  const { workspaceId, holder, period, nanoUsd } = spending;
  const one = drizzle
    .select({ nanoUsd })
    .from(spending)
    .where(
      sql`${workspaceId} = ${sql.placeholder('workspaceId')} and ${holder} = ${sql.placeholder('holder')} and ${period} = ${sql.placeholder('period')}`,
    )
    .prepare();
  return {
    read: (workspace, whose, when) => attempt(() => one.get({ workspaceId: workspace, holder: whose, period: when })?.nanoUsd ?? 0),
    add: (rows) =>
      attempt(() =>
        transaction(() => {
          for (const row of rows) {
            drizzle
              .insert(spending)
              .values(row)
              .onConflictDoUpdate({ target: [workspaceId, holder, period], set: { nanoUsd: sql`${nanoUsd} + ${row.nanoUsd}` } })
              .run();
          }
        }),
      ),
  };
}
