import { isRecord, type Json } from '@patchbay/flow';
import { checkInputs, describeInputError, flowFace } from '@patchbay/node-kit';
import { type Ctx, manages, requireScope } from '../context.ts';
import { estimateFlow } from '../estimates/estimate-flow.ts';
import type { EstimateResource } from '../resources.ts';
import { knownSteps } from '../reuse/known-steps.ts';
import { listPins } from '../reuse/pins.ts';
import { flowKey, flowLoader } from '../runs/load-flow.ts';
import { ServiceError } from '../service-error.ts';
import { problemsOf } from './check-draft.ts';
import { findFlow, storedFlow } from './flow-resource.ts';

/**
 * What a run of the stored draft would ask of models. Inputs that are missing are taken from examples; one that is given
 * and does not fit is refused, as a run would. Pinned steps answer their pins.
 */
export async function estimateDraft({ ctx, input }: { ctx: Ctx; input: { id: string; body: unknown } }): Promise<EstimateResource> {
  requireScope(ctx, 'manage');
  const { catalogue, host } = ctx.deps;
  const row = await findFlow(ctx, input.id);
  const flow = storedFlow(ctx.deps, row.document);
  const given = isRecord(input.body) ? (input.body['inputs'] ?? {}) : {};
  const checked = checkInputs(flowFace(flow, catalogue).inputs, given);
  const wrong = checked.ok ? [] : checked.errors.filter(({ reason }) => reason !== 'missing');
  if (wrong.length > 0) {
    const errors = wrong.map((error) => ({ pointer: `/inputs${error.pointer}`, message: describeInputError(error, ctx.locale) }));
    throw new ServiceError('invalid_input', 'inputs_invalid', { errors });
  }
  const workspace = ctx.workspaceId;
  const making = { pins: await listPins(ctx, row.id) };
  const known = await knownSteps({
    deps: ctx.deps,
    workspaceId: workspace,
    flowId: row.id,
    flow,
    source: 'test',
    locale: ctx.locale,
    making,
  });
  const inside = {
    loadFlow: flowLoader(ctx, 'test', []),
    flowKey: flowKey({ flowId: row.id, version: null }),
    recall: known?.recall,
  };
  const estimate = await estimateFlow({
    flow,
    catalogue,
    host,
    workspace,
    manages: manages(ctx.actor),
    inputs: given as Record<string, Json>,
    inside,
  });
  if (estimate !== undefined) return estimate;
  const errors = problemsOf(ctx, flow).filter(({ severity }) => severity === 'error');
  throw new ServiceError('invalid_input', 'flow_has_problems', { errors: errors.map(({ pointer, message }) => ({ pointer, message })) });
}
