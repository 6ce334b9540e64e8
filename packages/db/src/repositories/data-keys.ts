import { and, eq, ne } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { dataKeys } from '../tables.ts';

export type DataKeyRow = typeof dataKeys.$inferSelect;

/** The sealed key of each workspace. Every write is on the disk when it settles: what it sealed is lost without it. */
export interface DataKeysRepository {
  read(workspaceId: string): Promise<DataKeyRow | undefined>;
  /** Stores the first key of a workspace and answers the one in force: another process may have been first. */
  createOrRead(row: DataKeyRow): Promise<DataKeyRow>;
  /** Puts `next` in place of exactly this row; false where it is another by now. */
  replace(row: DataKeyRow, next: DataKeyRow): Promise<boolean>;
  /** Rows of any workspace that another master key seals than this one, up to the limit: what a rotation still has to do. */
  notSealedBy(masterKeyId: string, limit: number): Promise<DataKeyRow[]>;
}

export function createDataKeysRepository({ drizzle, transaction }: Connection): DataKeysRepository {
  const rowOf = (workspaceId: string) => drizzle.select().from(dataKeys).where(eq(dataKeys.workspaceId, workspaceId)).get();
  return {
    read: (workspaceId) => attempt(() => rowOf(workspaceId)),
    createOrRead: (row) =>
      attempt(() => {
        transaction(() => void drizzle.insert(dataKeys).values(row).onConflictDoNothing().run(), { toDisk: true });
        return rowOf(row.workspaceId) ?? row;
      }),
    replace: (row, next) =>
      attempt(() => {
        let changes = 0;
        transaction(
          () => {
            const same = and(eq(dataKeys.workspaceId, row.workspaceId), eq(dataKeys.sealed, row.sealed));
            changes = drizzle.update(dataKeys).set({ masterKeyId: next.masterKeyId, sealed: next.sealed }).where(same).run().changes;
          },
          { toDisk: true },
        );
        return changes === 1;
      }),
    notSealedBy: (masterKeyId, limit) =>
      attempt(() => drizzle.select().from(dataKeys).where(ne(dataKeys.masterKeyId, masterKeyId)).limit(limit).all()),
  };
}
