import type { RunRow } from '@patchbay/db';
import type { LoadFlow } from '@patchbay/engine';
import { type FlowCall, StepError } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import type { RunSource } from '../resources.ts';
import { flowLoader } from '../runs/load-flow.ts';

/**
 * Finds the flows that the steps of a run that is over ran: the version that was the newest then, or the draft if it has
 * not changed since. Where that is not certain there is none, and what stood in it is not known.
 */
export function pastFlowLoader(
  ctx: Pick<Ctx, 'workspaceId' | 'locale' | 'deps'>,
  source: RunSource,
  run: Pick<RunRow, 'startedAt' | 'durationMs'>,
): LoadFlow {
  const load = flowLoader(ctx, source, []);
  return async (call) => load({ ...call, version: await versionThen(ctx, call, run) });
}

async function versionThen(
  { deps, workspaceId }: Pick<Ctx, 'workspaceId' | 'deps'>,
  { flow, version }: FlowCall,
  { startedAt, durationMs }: Pick<RunRow, 'startedAt' | 'durationMs'>,
): Promise<FlowCall['version']> {
  const { flows, versions } = deps.database;
  const unknown = new StepError('invalid_input', 'flow_not_found', { flow });
  if (typeof version === 'number') return version;
  const bySlug = await flows.findBySlug(flow);
  const row = await flows.read(workspaceId, bySlug?.workspaceId === workspaceId ? bySlug.id : flow);
  if (row === undefined) throw unknown;
  if (version === 'draft') {
    if (row.updatedAt >= startedAt) throw unknown;
    return version;
  }
  const known = await versions.list(workspaceId, row.id);
  if (known.some(({ publishedAt }) => publishedAt >= startedAt && publishedAt <= startedAt + durationMs)) throw unknown;
  const newest = Math.max(0, ...known.filter(({ publishedAt }) => publishedAt < startedAt).map((one) => one.version));
  if (newest === 0) throw unknown;
  return newest;
}
