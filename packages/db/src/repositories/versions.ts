import { and, desc, eq, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection, Drizzle } from '../connection.ts';
import { flowSlugs, flows, versions } from '../tables.ts';

export type VersionRow = typeof versions.$inferSelect;

/** What an endpoint needs to answer. */
export interface PublishedRow {
  workspaceId: string;
  flowId: string;
  name: string;
  version: number;
  document: string;
}

export interface NewVersion {
  flowId: string;
  slug: string;
  document: string;
  hash: string;
  publishedAt: number;
}

export interface VersionsRepository {
  /**
   * Stores the next version and gives the flow its slug, together; slugs it was published under before stay its own.
   * Rejects with StorageError `conflict` where another flow has or had the slug; undefined where the flow is gone.
   */
  publish(workspaceId: string, version: NewVersion): Promise<number | undefined>;
  /** Newest first. */
  list(workspaceId: string, flowId: string): Promise<Omit<VersionRow, 'document'>[]>;
  /** The version an endpoint serves: the newest, or the one asked for. */
  findPublished(workspaceId: string, flowId: string, version: number | undefined): Promise<PublishedRow | undefined>;
}

export function createVersionsRepository({ drizzle, transaction }: Connection): VersionsRepository {
  const published = {
    workspaceId: flows.workspaceId,
    flowId: flows.id,
    name: flows.name,
    version: versions.version,
    document: versions.document,
  };
  const ofFlow = and(eq(flows.workspaceId, sql.placeholder('workspaceId')), eq(flows.id, sql.placeholder('flowId')));
  const newest = drizzle
    .select(published)
    .from(flows)
    .innerJoin(versions, and(eq(versions.flowId, flows.id), eq(versions.version, flows.publishedVersion)))
    .where(ofFlow)
    .prepare();
  const pinned = drizzle
    .select(published)
    .from(flows)
    .innerJoin(versions, eq(versions.flowId, flows.id))
    .where(and(ofFlow, eq(versions.version, sql.placeholder('version'))))
    .prepare();

  return {
    publish: (workspaceId, { slug, ...row }) =>
      attempt(() => {
        let version: number | undefined;
        transaction(() => {
          const mine = and(eq(flows.workspaceId, workspaceId), eq(flows.id, row.flowId));
          const flow = drizzle.select({ last: flows.publishedVersion, slug: flows.slug }).from(flows).where(mine).get();
          if (flow === undefined) return;
          if (slug !== flow.slug) giveSlug(drizzle, { workspaceId, slug, flowId: row.flowId }, flow.last === null);
          version = (flow.last ?? 0) + 1;
          drizzle
            .insert(versions)
            .values({ ...row, workspaceId, version })
            .run();
          drizzle.update(flows).set({ slug, publishedVersion: version }).where(mine).run();
        });
        return version;
      }),
    list: (workspaceId, flowId) =>
      attempt(() =>
        drizzle
          .select({
            workspaceId: versions.workspaceId,
            flowId: versions.flowId,
            version: versions.version,
            hash: versions.hash,
            publishedAt: versions.publishedAt,
          })
          .from(versions)
          .where(and(eq(versions.workspaceId, workspaceId), eq(versions.flowId, flowId)))
          .orderBy(desc(versions.version))
          .all(),
      ),
    findPublished: (workspaceId, flowId, version) =>
      attempt(() => (version === undefined ? newest.get({ workspaceId, flowId }) : pinned.get({ workspaceId, flowId, version }))),
  };
}

/** A new address beside the former ones. One that nobody was ever told, since nothing was published, is given up. */
function giveSlug(drizzle: Drizzle, address: typeof flowSlugs.$inferInsert, first: boolean): void {
  const its = eq(flowSlugs.flowId, address.flowId);
  if (first) drizzle.delete(flowSlugs).where(its).run();
  const former = drizzle
    .select({ slug: flowSlugs.slug })
    .from(flowSlugs)
    .where(and(its, eq(flowSlugs.slug, address.slug)))
    .get();
  if (former === undefined) drizzle.insert(flowSlugs).values(address).run();
}
