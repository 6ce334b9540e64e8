import { and, desc, eq, inArray } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { ranDrafts } from '../tables.ts';

/** Drafts of one flow that are kept; a test run of an older one cannot be replayed. */
export const ranDraftsKept = 200;

export interface RanDraftsRepository {
  /** Keeps a draft that is about to run; the flow's oldest go where there are too many. */
  keep(workspaceId: string, flowId: string, draft: { etag: string; document: string }, now: number): Promise<void>;
  /** The document of a draft that ran. */
  read(workspaceId: string, flowId: string, etag: string): Promise<string | undefined>;
}

export function createRanDraftsRepository({ drizzle, transaction }: Connection, kept: number = ranDraftsKept): RanDraftsRepository {
  const ofFlow = (workspaceId: string, flowId: string) => and(eq(ranDrafts.workspaceId, workspaceId), eq(ranDrafts.flowId, flowId));
  return {
    keep: (workspaceId, flowId, { etag, document }, now) =>
      attempt(() =>
        transaction(() => {
          const mine = ofFlow(workspaceId, flowId);
          drizzle
            .insert(ranDrafts)
            .values({ workspaceId, flowId, etag, document, ranAt: now })
            .onConflictDoUpdate({ target: [ranDrafts.flowId, ranDrafts.etag], set: { ranAt: now } })
            .run();
          const old = drizzle
            .select({ etag: ranDrafts.etag })
            .from(ranDrafts)
            .where(mine)
            .orderBy(desc(ranDrafts.ranAt), desc(ranDrafts.etag))
            .limit(1_000)
            .offset(kept);
          drizzle
            .delete(ranDrafts)
            .where(and(mine, inArray(ranDrafts.etag, old)))
            .run();
        }),
      ),
    read: (workspaceId, flowId, etag) =>
      attempt(
        () =>
          drizzle
            .select({ document: ranDrafts.document })
            .from(ranDrafts)
            .where(and(ofFlow(workspaceId, flowId), eq(ranDrafts.etag, etag)))
            .get()?.document,
      ),
  };
}
