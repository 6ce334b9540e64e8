import { and, desc, eq, sql } from 'drizzle-orm';
import { attempt } from '../attempt.ts';
import type { Connection } from '../connection.ts';
import { flows, versions } from '../tables.ts';

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
   * Stores the next version and gives the flow its slug, together. Rejects with StorageError `conflict` where another
   * flow has the slug; undefined where the flow is gone.
   */
  publish(workspaceId: string, version: NewVersion): Promise<number | undefined>;
  /** Newest first. */
  list(workspaceId: string, flowId: string): Promise<Omit<VersionRow, 'document'>[]>;
  /** The version an endpoint serves: the newest, or the one asked for. Slugs are unique per installation, so no workspace is asked. */
  findPublished(slug: string, version: number | undefined): Promise<PublishedRow | undefined>;
}

export function createVersionsRepository({ drizzle, transaction }: Connection): VersionsRepository {
  const published = {
    workspaceId: flows.workspaceId,
    flowId: flows.id,
    name: flows.name,
    version: versions.version,
    document: versions.document,
  };
  const bySlug = eq(flows.slug, sql.placeholder('slug'));
  const newest = drizzle
    .select(published)
    .from(flows)
    .innerJoin(versions, and(eq(versions.flowId, flows.id), eq(versions.version, flows.publishedVersion)))
    .where(bySlug)
    .prepare();
  const pinned = drizzle
    .select(published)
    .from(flows)
    .innerJoin(versions, eq(versions.flowId, flows.id))
    .where(and(bySlug, eq(versions.version, sql.placeholder('version'))))
    .prepare();

  return {
    publish: (workspaceId, { slug, ...row }) =>
      attempt(() => {
        let version: number | undefined;
        transaction(() => {
          const mine = and(eq(flows.workspaceId, workspaceId), eq(flows.id, row.flowId));
          const flow = drizzle.select({ last: flows.publishedVersion }).from(flows).where(mine).get();
          if (flow === undefined) return;
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
    findPublished: (slug, version) => attempt(() => (version === undefined ? newest.get({ slug }) : pinned.get({ slug, version }))),
  };
}
