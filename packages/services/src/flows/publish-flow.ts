import { type NewVersion, StorageError } from '@patchbay/db';
import { type FlowDocument, printFlow, semanticHash } from '@patchbay/flow';
import * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import type { VersionResource } from '../resources.ts';
import { makeTarget } from '../runs/target.ts';
import { type FieldError, notFound, ServiceError } from '../service-error.ts';
import { afterLargeFlow } from '../turns.ts';
import { problemsOf } from './check-draft.ts';
import { findFlow, storedFlow, versionResource } from './flow-resource.ts';
import { freezeFlows } from './freeze-flows.ts';
import { demandSlug } from './slug.ts';

export const publishInput = z.strictObject({ slug: z.string().optional() });

/** Makes the draft the next version and puts it behind its address; former ones answer on. A draft with errors is refused with all of them. */
export async function publishFlow({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; slug?: string | undefined };
}): Promise<VersionResource> {
  requireScope(ctx, 'manage');
  const { endpoints, now } = ctx.deps;
  const row = await findFlow(ctx, input.id);
  const slug = input.slug ?? row.slug;
  demandSlug(ctx, slug);
  const flow = storedFlow(ctx.deps, row.document);
  await afterLargeFlow(flow);
  const errors = await whatBlocks(ctx, row.id, flow);
  if (errors.length > 0) throw new ServiceError('invalid_input', 'flow_has_problems', { errors });
  await afterLargeFlow(flow);
  const publishedAt = now();
  const hash = semanticHash(flow);
  const frozen = await freezeFlows(ctx, flow);
  const document = frozen === flow ? row.document : printFlow(frozen);
  const version = await publish(ctx, { flowId: row.id, slug, document, hash, publishedAt });
  endpoints.clear();
  return versionResource({ version, publishedAt, hash }, slug, version);
}

/** Errors of the check, and of compiling: a version nobody can call must not come into the world. */
async function whatBlocks(ctx: Ctx, flowId: string, flow: FlowDocument): Promise<FieldError[]> {
  const errors = problemsOf(ctx, flow).filter((problem) => problem.severity === 'error');
  if (errors.length > 0) return errors.map(({ pointer, message }) => ({ pointer, message }));
  await afterLargeFlow(flow);
  const made = makeTarget(ctx.deps, { workspaceId: ctx.workspaceId, flowId, version: null, flow }, ctx.locale);
  return 'errors' in made ? made.errors : [];
}

async function publish({ workspaceId, deps }: Ctx, version: NewVersion): Promise<number> {
  try {
    const number = await deps.database.versions.publish(workspaceId, version);
    if (number === undefined) throw notFound('flow');
    return number;
  } catch (error) {
    if (!(error instanceof StorageError && error.reason === 'conflict')) throw error;
    throw new ServiceError('conflict', 'slug_taken', { params: { slug: version.slug } });
  }
}
