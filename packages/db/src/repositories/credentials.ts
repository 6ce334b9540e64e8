import { and, asc, eq } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { credentials } from '../tables.ts';

export type CredentialRow = typeof credentials.$inferSelect;

/** What may change of a row; its name, provider and origin never do. */
export type CredentialChange = Partial<Pick<CredentialRow, 'title' | 'model' | 'usableBy' | 'sealed' | 'version' | 'hint' | 'changedAt'>>;

export interface CredentialsRepository {
  /** On the disk when it settles. Rejects with StorageError `conflict` where the kind has that name already. */
  create(workspaceId: string, row: Omit<CredentialRow, 'workspaceId'>): Promise<void>;
  /** Oldest first. */
  list(workspaceId: string): Promise<CredentialRow[]>;
  read(workspaceId: string, id: string): Promise<CredentialRow | undefined>;
  findByName(workspaceId: string, kind: string, name: string): Promise<CredentialRow | undefined>;
  /** Changes the row that still has this version; false where it is gone or has another secret by now. */
  change(workspaceId: string, id: string, version: number, change: CredentialChange): Promise<boolean>;
  /** Keeps how a test of this version ended; a test of an earlier secret says nothing about this one. */
  recordTest(workspaceId: string, id: string, version: number, lastTest: string | null): Promise<void>;
  delete(workspaceId: string, id: string): Promise<boolean>;
}

export function createCredentialsRepository({ drizzle, transaction }: Connection): CredentialsRepository {
  const mine = (workspaceId: string, id: string) => and(eq(credentials.workspaceId, workspaceId), eq(credentials.id, id));
  const still = (workspaceId: string, id: string, version: number) => and(mine(workspaceId, id), eq(credentials.version, version));
  /** How many rows the statement changed, once that is on the disk. */
  const written = (statement: { run(): { changes: number } }): Promise<number> =>
    attempt(() => {
      let changes = 0;
      transaction(
        () => {
          changes = statement.run().changes;
        },
        { toDisk: true },
      );
      return changes;
    });

  return {
    create: async (workspaceId, row) => void (await written(drizzle.insert(credentials).values({ ...row, workspaceId }))),
    list: (workspaceId) =>
      attempt(() => drizzle.select().from(credentials).where(eq(credentials.workspaceId, workspaceId)).orderBy(asc(credentials.id)).all()),
    read: (workspaceId, id) => attempt(() => drizzle.select().from(credentials).where(mine(workspaceId, id)).get()),
    findByName: (workspaceId, kind, name) =>
      attempt(() =>
        drizzle
          .select()
          .from(credentials)
          .where(and(eq(credentials.workspaceId, workspaceId), eq(credentials.kind, kind), eq(credentials.name, name)))
          .get(),
      ),
    change: async (workspaceId, id, version, change) =>
      (await written(
        drizzle
          .update(credentials)
          .set(change)
          .where(still(workspaceId, id, version)),
      )) === 1,
    recordTest: (workspaceId, id, version, lastTest) =>
      attempt(
        () =>
          void drizzle
            .update(credentials)
            .set({ lastTest })
            .where(still(workspaceId, id, version))
            .run(),
      ),
    delete: async (workspaceId, id) => (await written(drizzle.delete(credentials).where(mine(workspaceId, id)))) === 1,
  };
}
