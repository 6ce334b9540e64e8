import { and, eq, gt, lte, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { sessions } from '../tables.ts';

export type SessionRow = typeof sessions.$inferSelect;

export interface SessionsRepository {
  /** Also forgets sessions that have expired. */
  create(workspaceId: string, row: Omit<SessionRow, 'workspaceId'>): Promise<void>;
  /** The living session with this hash; the secret itself says whose it is. */
  find(hash: string, now: number): Promise<SessionRow | undefined>;
  /** Moves the expiry on as a session is used. */
  extend(workspaceId: string, hash: string, lastSeenAt: number, expiresAt: number): Promise<void>;
}

export function createSessionsRepository({ drizzle, transaction }: Connection): SessionsRepository {
  const byHash = drizzle
    .select()
    .from(sessions)
    .where(and(eq(sessions.hash, sql.placeholder('hash')), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare();
  return {
    create: (workspaceId, row) =>
      attempt(() =>
        transaction(() => {
          drizzle.delete(sessions).where(lte(sessions.expiresAt, row.createdAt)).run();
          drizzle
            .insert(sessions)
            .values({ ...row, workspaceId })
            .run();
        }),
      ),
    find: (hash, now) => attempt(() => byHash.get({ hash, now })),
    extend: (workspaceId, hash, lastSeenAt, expiresAt) =>
      attempt(() => {
        const mine = and(eq(sessions.workspaceId, workspaceId), eq(sessions.hash, hash));
        drizzle.update(sessions).set({ lastSeenAt, expiresAt }).where(mine).run();
      }),
  };
}
