import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { memory } from '../tables.ts';

export interface MemoryRepository {
  /** Per hash its value, undefined where there is none. What is recalled counts as used at `now`. */
  recall(workspaceId: string, kind: string, hashes: readonly string[], now: number): Promise<(string | undefined)[]>;
  /** Keeps entries, newer values over older ones, and forgets what has not been used for three months. */
  remember(workspaceId: string, kind: string, entries: readonly { hash: string; value: string }[], now: number): Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;
export const keptMs = 90 * dayMs;
/** Values of one question to SQLite, well under its limit. */
const most = 500;

export function createMemoryRepository({ drizzle, transaction }: Connection): MemoryRepository {
  const owned = (workspaceId: string, kind: string, hashes: readonly string[]) =>
    and(eq(memory.workspaceId, workspaceId), eq(memory.kind, kind), inArray(memory.hash, [...hashes]));

  // Prepared once and asked per hash: a question over all of them would be compiled for each step.
  const one = drizzle
    .select()
    .from(memory)
    .where(
      and(
        eq(memory.workspaceId, sql.placeholder('workspaceId')),
        eq(memory.kind, sql.placeholder('kind')),
        eq(memory.hash, sql.placeholder('hash')),
      ),
    )
    .prepare();

  const recallSome = (workspaceId: string, kind: string, hashes: readonly string[], now: number): Map<string, string> => {
    const rows = hashes.flatMap((hash) => one.get({ workspaceId, kind, hash }) ?? []);
    // Once a day is enough to know what is still used.
    const old = rows.filter(({ usedAt }) => usedAt < now - dayMs).map(({ hash }) => hash);
    if (old.length > 0)
      drizzle
        .update(memory)
        .set({ usedAt: now })
        .where(owned(workspaceId, kind, old))
        .run();
    return new Map(rows.map(({ hash, value }) => [hash, value]));
  };

  return {
    recall: (workspaceId, kind, hashes, now) =>
      attempt(() => {
        const found = new Map<string, string>();
        for (const some of slices(hashes)) for (const [hash, value] of recallSome(workspaceId, kind, some, now)) found.set(hash, value);
        return hashes.map((hash) => found.get(hash));
      }),
    remember: (workspaceId, kind, entries, now) =>
      attempt(() =>
        transaction(() => {
          drizzle
            .delete(memory)
            .where(and(eq(memory.workspaceId, workspaceId), lt(memory.usedAt, now - keptMs)))
            .run();
          for (const { hash, value } of entries) {
            const set = { value, usedAt: now };
            drizzle
              .insert(memory)
              .values({ workspaceId, kind, hash, ...set })
              .onConflictDoUpdate({ target: [memory.workspaceId, memory.kind, memory.hash], set })
              .run();
          }
        }),
      ),
  };
}

function* slices(hashes: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < hashes.length; from += most) yield hashes.slice(from, from + most);
}
