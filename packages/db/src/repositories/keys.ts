import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { apiKeys } from '../tables.ts';

export type KeyRow = typeof apiKeys.$inferSelect;

export interface KeysRepository {
  create(workspaceId: string, row: Omit<KeyRow, 'workspaceId'>): Promise<void>;
  /** Newest first, revoked ones included. */
  list(workspaceId: string): Promise<KeyRow[]>;
  /** False where there is no such key, or it was revoked before. */
  revoke(workspaceId: string, id: string, at: number): Promise<boolean>;
  /** The key with this hash, whatever its workspace: the key itself says who calls. Revoked ones are not found. */
  findByHash(hash: string): Promise<KeyRow | undefined>;
  read(workspaceId: string, id: string): Promise<KeyRow | undefined>;
  touch(workspaceId: string, id: string, at: number): Promise<void>;
}

export function createKeysRepository({ drizzle }: Connection): KeysRepository {
  const owned = (workspaceId: string, id: string) => and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id));
  const byHash = drizzle
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, sql.placeholder('hash')), isNull(apiKeys.revokedAt)))
    .prepare();
  return {
    create: (workspaceId, row) =>
      attempt(
        () =>
          void drizzle
            .insert(apiKeys)
            .values({ ...row, workspaceId })
            .run(),
      ),
    list: (workspaceId) =>
      attempt(() => drizzle.select().from(apiKeys).where(eq(apiKeys.workspaceId, workspaceId)).orderBy(desc(apiKeys.id)).all()),
    revoke: (workspaceId, id, at) =>
      attempt(
        () =>
          drizzle
            .update(apiKeys)
            .set({ revokedAt: at })
            .where(and(owned(workspaceId, id), isNull(apiKeys.revokedAt)))
            .run().changes === 1,
      ),
    findByHash: (hash) => attempt(() => byHash.get({ hash })),
    read: (workspaceId, id) => attempt(() => drizzle.select().from(apiKeys).where(owned(workspaceId, id)).get()),
    touch: (workspaceId, id, at) => attempt(() => void drizzle.update(apiKeys).set({ lastUsedAt: at }).where(owned(workspaceId, id)).run()),
  };
}
