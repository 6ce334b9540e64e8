import type { PublishedRow } from '@patchbay/db';
import { LRUCache } from 'lru-cache';
import { type Ctx, mayRun } from '../context.ts';
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

/** The published version behind `slug` (the newest) or `slug@3` (that one), ready to run, if the caller may run it. */
export async function findEndpoint(ctx: Ctx, slug: string): Promise<Target> {
  const { database, endpoints } = ctx.deps;
  const seen = endpoints.addresses.get(slug);
  if (seen !== undefined) {
    demandAccess(ctx, slug, seen);
    return seen;
  }
  const [, plain, version] = address.exec(slug) ?? [];
  const flow = plain === undefined ? undefined : await database.flows.findBySlug(plain);
  demandAccess(ctx, slug, flow === undefined ? undefined : { workspaceId: flow.workspaceId, flowId: flow.id });
  const row =
    flow && (await database.versions.findPublished(flow.workspaceId, flow.id, version === undefined ? undefined : Number(version)));
  if (row === undefined) throw notFound('endpoint');
  const target = compiledVersion(ctx, row);
  endpoints.addresses.set(slug, target);
  return target;
}

/**
 * Throws the same for a flow that is not there, foreign, or not among those of the key, and before anything else is
 * looked at: so a key for some flows learns nothing of the others.
 */
function demandAccess(ctx: Ctx, slug: string, flow: Pick<Target, 'workspaceId' | 'flowId'> | undefined): void {
  const known = flow?.workspaceId === ctx.workspaceId ? flow : undefined;
  if (!mayRun(ctx.actor, known?.flowId)) throw new ServiceError('forbidden', 'flow_not_allowed', { params: { slug: plainSlug(slug) } });
  if (known === undefined) throw notFound('endpoint');
}

/** A version compiled, once. Throws `version_unusable` where it no longer compiles. */
export function compiledVersion({ deps, locale }: Ctx, { workspaceId, flowId, version, document }: PublishedRow): Target {
  const planKey = `${flowId}@${version}`;
  const seen = deps.endpoints.plans.get(planKey);
  if (seen !== undefined) return seen;
  const made = makeTarget(deps, { workspaceId, flowId, version, flow: storedFlow(deps, document) }, locale);
  if ('errors' in made) throw new ServiceError('unavailable', 'version_unusable', { params: { detail: made.errors[0]?.message ?? '' } });
  deps.endpoints.plans.set(planKey, made.target);
  return made.target;
}

/** The slug of `slug@3`. */
const plainSlug = (slug: string): string => slug.split('@', 1)[0] ?? slug;
