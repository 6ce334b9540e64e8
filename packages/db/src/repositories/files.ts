import { and, asc, eq, lt, sum } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { files } from '../tables.ts';

export type FileRow = typeof files.$inferSelect;

export interface FilesRepository {
  /** The row there is with this content, type and name, else the given one, which is then on the disk. */
  findOrCreate(workspaceId: string, row: Omit<FileRow, 'workspaceId'>): Promise<FileRow>;
  read(workspaceId: string, id: string): Promise<FileRow | undefined>;
  touch(workspaceId: string, id: string, now: number): Promise<void>;
  /** Bytes of all files together. */
  total(workspaceId: string): Promise<number>;
  /** Ids of files that nobody used since then, at most so many. */
  listUnused(workspaceId: string, before: number, most: number): Promise<string[]>;
  delete(workspaceId: string, id: string): Promise<void>;
}

export function createFilesRepository({ drizzle, transaction }: Connection): FilesRepository {
  const mine = (workspaceId: string, id: string) => and(eq(files.workspaceId, workspaceId), eq(files.id, id));

  return {
    findOrCreate: (workspaceId, row) =>
      attempt(() => {
        const { hash, mediaType, name, usedAt } = row;
        const same = and(eq(files.workspaceId, workspaceId), eq(files.hash, hash), eq(files.mediaType, mediaType), eq(files.name, name));
        let found: FileRow | undefined;
        transaction(
          () => {
            drizzle
              .insert(files)
              .values({ ...row, workspaceId })
              .onConflictDoUpdate({ target: [files.workspaceId, files.hash, files.mediaType, files.name], set: { usedAt } })
              .run();
            found = drizzle.select().from(files).where(same).get();
          },
          { toDisk: true },
        );
        return found ?? { ...row, workspaceId };
      }),
    read: (workspaceId, id) => attempt(() => drizzle.select().from(files).where(mine(workspaceId, id)).get()),
    touch: (workspaceId, id, now) => attempt(() => void drizzle.update(files).set({ usedAt: now }).where(mine(workspaceId, id)).run()),
    total: (workspaceId) =>
      attempt(() => {
        const row = drizzle
          .select({ bytes: sum(files.size) })
          .from(files)
          .where(eq(files.workspaceId, workspaceId))
          .get();
        return Number(row?.bytes ?? 0);
      }),
    listUnused: (workspaceId, before, most) =>
      attempt(() =>
        drizzle
          .select({ id: files.id })
          .from(files)
          .where(and(eq(files.workspaceId, workspaceId), lt(files.usedAt, before)))
          .orderBy(asc(files.usedAt))
          .limit(most)
          .all()
          .map(({ id }) => id),
      ),
    delete: (workspaceId, id) => attempt(() => void drizzle.delete(files).where(mine(workspaceId, id)).run()),
  };
}
