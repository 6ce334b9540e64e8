import type { LoadedFlow, LoadFlow } from '@patchbay/engine';
import { type FlowCall, type Json, StepError } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { storedFlow } from '../flows/flow-resource.ts';
import type { RunSource } from '../resources.ts';
import { ServiceError } from '../service-error.ts';
import { compiledVersion } from './find-endpoint.ts';
import type { Hiding } from './mask-record.ts';
import { readStoredInputs } from './read-inputs.ts';
import { makeTarget, type Target } from './target.ts';

/** Whose flows, for which reader. */
type RunCtx = Pick<Ctx, 'workspaceId' | 'locale' | 'deps'>;

/** How the engine knows a flow and version, so that none runs itself. */
export const flowKey = ({ flowId, version }: Pick<Target, 'flowId' | 'version'>): string => `${flowId}@${version ?? 'draft'}`;

/**
 * Finds the flows that a run's steps want to run: those of its workspace, whoever calls, since the author wired them;
 * drafts in test runs only. What their Mask steps hide is added to `hidden`, for the run's record.
 */
export function flowLoader(ctx: RunCtx, source: RunSource, hidden: Hiding[]): LoadFlow {
  const load = async (call: FlowCall): Promise<LoadedFlow> => {
    const target = await findTarget(ctx, source, call);
    if (target.hiding !== undefined) hidden.push(target.hiding);
    return { plan: target.plan, key: flowKey(target), inputs: await inputsOf(ctx, target, call) };
  };
  const describe: LoadFlow['describe'] = async (flow) => (await findTarget(ctx, source, flow)).sign;
  return Object.assign(load, { describe });
}

/** The flow a step names, compiled. Rejects with a StepError where there is none that runs. */
export async function findTarget(ctx: RunCtx, source: RunSource, { flow, version }: Pick<FlowCall, 'flow' | 'version'>): Promise<Target> {
  const { database } = ctx.deps;
  const bySlug = await database.flows.findBySlug(flow);
  const row = await database.flows.read(ctx.workspaceId, bySlug?.workspaceId === ctx.workspaceId ? bySlug.id : flow);
  if (row === undefined) throw new StepError('invalid_input', 'flow_not_found', { flow });
  if (version === 'draft') {
    if (source !== 'test' && source !== 'replay') throw new StepError('invalid_input', 'flow_draft_in_tests', { flow });
    const made = makeTarget(
      ctx.deps,
      { workspaceId: ctx.workspaceId, flowId: row.id, version: null, flow: storedFlow(ctx.deps, row.document) },
      ctx.locale,
    );
    if ('errors' in made) throw new StepError('invalid_input', 'flow_unusable', { flow, detail: made.errors[0]?.message ?? '' });
    return made.target;
  }
  const published = await database.versions.findPublished(ctx.workspaceId, row.id, version ?? undefined);
  if (published === undefined) throw new StepError('invalid_input', 'flow_not_found', { flow });
  const made = compiledVersion(ctx.deps, published, ctx.locale);
  if ('errors' in made) throw new StepError('invalid_input', 'flow_unusable', { flow, detail: made.errors[0]?.message ?? '' });
  return made.target;
}

/** Null is what an input without a value holds: the flow's own default takes its place. */
function inputsOf(ctx: RunCtx, target: Target, { flow, inputs }: FlowCall): Promise<Record<string, Json>> {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
  return asStep(flow, async () => readStoredInputs(ctx.deps, target, given, ctx.locale));
}

/** A refusal as a step's failure, in the words it had. */
async function asStep<Value>(flow: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const detail = error.errors[0]?.message ?? String(error.params['detail'] ?? '');
    throw new StepError('invalid_input', error.reason === 'inputs_invalid' ? 'flow_inputs_refused' : 'flow_unusable', { flow, detail });
  }
}
