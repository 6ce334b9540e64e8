import { and, asc, eq, gt, inArray, lte, sql, sum } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { answers } from '../tables.ts';

interface KeptAnswer {
  answer: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface AnswersRepository {
  /** The answer under this key, if it is not too old. */
  read(workspaceId: string, key: string, now: number): Promise<KeptAnswer | undefined>;
  /** Keeps an answer. Now and then what is too old goes, then the oldest until all together fit. */
  write(workspaceId: string, key: string, kept: KeptAnswer, now: number): Promise<void>;
}

/** All kept answers together, in UTF-16 units: about as many bytes for plain text. */
export const answersLimit = 256 * 1024 * 1024;
/** Writes between two looks at the whole. */
const tidyEvery = 200;
/** Rows that go at once where there is no room. */
const oldestAtOnce = 100;

export function createAnswersRepository({ drizzle, transaction }: Connection, limit: number = answersLimit): AnswersRepository {
  const one = drizzle
    .select({ answer: answers.answer, expiresAt: answers.expiresAt })
    .from(answers)
    .where(
      and(
        eq(answers.workspaceId, sql.placeholder('workspaceId')),
        eq(answers.key, sql.placeholder('key')),
        gt(answers.expiresAt, sql.placeholder('now')),
      ),
    )
    .prepare();
  let writes = 0;

  function tidy(now: number): void {
    drizzle.delete(answers).where(lte(answers.expiresAt, now)).run();
    const all = (): number =>
      Number(
        drizzle
          .select({ length: sum(answers.length) })
          .from(answers)
          .get()?.length ?? 0,
      );
    for (let length = all(); length > limit; length = all()) {
      const oldest = drizzle.select({ key: answers.key }).from(answers).orderBy(asc(answers.createdAt)).limit(oldestAtOnce);
      drizzle.delete(answers).where(inArray(answers.key, oldest)).run();
    }
  }

  return {
    read: (workspaceId, key, now) => attempt(() => one.get({ workspaceId, key, now })),
    write: (workspaceId, key, { answer, expiresAt }, now) =>
      attempt(() =>
        transaction(() => {
          const row = { workspaceId, key, answer, length: answer.length, createdAt: now, expiresAt };
          drizzle
            .insert(answers)
            .values(row)
            .onConflictDoUpdate({ target: [answers.workspaceId, answers.key], set: row })
            .run();
          writes += 1;
          if (writes % tidyEvery === 1) tidy(now);
        }),
      ),
  };
}
