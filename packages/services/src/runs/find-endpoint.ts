import { LRUCache } from 'lru-cache';
import type { Ctx } from '../context.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import { notFound, ServiceError } from '../service-error.ts';
import { makeTarget, type Target } from './target.ts';

/**
 * How long an address is trusted without another look, a second in all. Publishing and deleting in this process forget
 * it at once. The clock is read only so often, since reading it for every call costs a timer.
 */
const trusted = { ttl: 900, ttlResolution: 100 };
const address = /^([a-z0-9-]{1,64})(?:@([1-9]\d{0,8}))?$/;

/** Compiled versions by flow and number, which never change, and what an address meant a moment ago. */
export interface EndpointCache {
  addresses: LRUCache<string, Target>;
  plans: LRUCache<string, Target>;
  clear(): void;
}

export function createEndpointCache(): EndpointCache {
  const addresses = new LRUCache<string, Target>({ max: 1_000, ...trusted });
  const plans = new LRUCache<string, Target>({ max: 300 });
  return { addresses, plans, clear: () => addresses.clear() };
}

/** The published version behind `slug` (the newest) or `slug@3` (that one), ready to run. */
export async function findEndpoint(ctx: Pick<Ctx, 'deps' | 'locale'>, slug: string): Promise<Target> {
  const { database, endpoints } = ctx.deps;
  const seen = endpoints.addresses.get(slug);
  if (seen !== undefined) return seen;
  const parts = address.exec(slug);
  if (parts === null) throw notFound('endpoint');
  const row = await database.versions.findPublished(parts[1] ?? '', parts[2] === undefined ? undefined : Number(parts[2]));
  if (row === undefined) throw notFound('endpoint');
  const planKey = `${row.flowId}@${row.version}`;
  let target = endpoints.plans.get(planKey);
  if (target === undefined) {
    const { workspaceId, flowId, version } = row;
    const made = makeTarget(ctx.deps, { workspaceId, flowId, version, flow: storedFlow(ctx.deps, row.document) }, ctx.locale);
    if ('errors' in made) throw new ServiceError('unavailable', 'version_unusable', { params: { detail: made.errors[0]?.message ?? '' } });
    target = made.target;
    endpoints.plans.set(planKey, target);
  }
  endpoints.addresses.set(slug, target);
  return target;
}

/** The slug of `slug@3`. */
export const plainSlug = (slug: string): string => slug.split('@', 1)[0] ?? slug;
