import { eq } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { workspaces } from '../tables.ts';

export interface WorkspacesRepository {
  /** What `auto` means there, as `connection/model`; null where nobody chose. */
  readDefaultModel(workspaceId: string): Promise<string | null>;
  setDefaultModel(workspaceId: string, model: string | null): Promise<void>;
}

export function createWorkspacesRepository({ drizzle }: Connection): WorkspacesRepository {
  const mine = (workspaceId: string) => eq(workspaces.id, workspaceId);
  return {
    readDefaultModel: (workspaceId) =>
      attempt(() => drizzle.select({ model: workspaces.defaultModel }).from(workspaces).where(mine(workspaceId)).get()?.model ?? null),
    setDefaultModel: (workspaceId, model) =>
      attempt(() => void drizzle.update(workspaces).set({ defaultModel: model }).where(mine(workspaceId)).run()),
  };
}
