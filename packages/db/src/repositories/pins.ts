import { and, asc, eq } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { pins } from '../tables.ts';

export type PinRow = Pick<typeof pins.$inferSelect, 'node' | 'outputs' | 'pinnedAt'>;

export interface PinsRepository {
  /** The pins of a draft, by the name of their step. */
  list(workspaceId: string, flowId: string): Promise<PinRow[]>;
  /** Sets a step's pin over the one it has. */
  set(workspaceId: string, flowId: string, pin: PinRow): Promise<void>;
  /** False where there was none. */
  remove(workspaceId: string, flowId: string, node: string): Promise<boolean>;
}

export function createPinsRepository({ drizzle }: Connection): PinsRepository {
  const ofFlow = (workspaceId: string, flowId: string) => and(eq(pins.workspaceId, workspaceId), eq(pins.flowId, flowId));
  return {
    list: (workspaceId, flowId) =>
      attempt(() =>
        drizzle
          .select({ node: pins.node, outputs: pins.outputs, pinnedAt: pins.pinnedAt })
          .from(pins)
          .where(ofFlow(workspaceId, flowId))
          .orderBy(asc(pins.node))
          .all(),
      ),
    set: (workspaceId, flowId, { node, outputs, pinnedAt }) =>
      attempt(() =>
        drizzle
          .insert(pins)
          .values({ workspaceId, flowId, node, outputs, pinnedAt })
          .onConflictDoUpdate({ target: [pins.flowId, pins.node], set: { outputs, pinnedAt } })
          .run(),
      ).then(() => undefined),
    remove: (workspaceId, flowId, node) =>
      attempt(
        () =>
          drizzle
            .delete(pins)
            .where(and(ofFlow(workspaceId, flowId), eq(pins.node, node)))
            .run().changes === 1,
      ),
  };
}
