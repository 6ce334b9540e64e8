import { type FlowDocument, isRecord, type Json, splitEnd } from '@patchbay/flow';
import { checkInputs, flowFace } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { hidingOf } from '../runs/mask-record.ts';
import type { FieldError } from '../service-error.ts';
import { type FormerRun, findFormerRun, newestFormerRun } from './former-run.ts';
import { lentBy } from './known-steps.ts';
import { listPins, readPin } from './pins.ts';
import type { Pins, RunMaking } from './run-making.ts';
import { stepName } from './step-name.ts';
import { stepsOnly } from './steps-anew.ts';
import { partError, partRefused } from './words.ts';

const partKeys = ['only', 'from', 'pins', 'reuse'];

export interface RunPart {
  making: RunMaking;
  /** The body without what was read of it; the former run's inputs stand in for inputs that were not given. */
  body: unknown;
}

/** The steps and values a run of the draft is asked for. Throws with every place that is wrong. */
export async function readPart(ctx: Ctx, flowId: string, flow: FlowDocument, body: unknown): Promise<RunPart> {
  if (!isRecord(body)) return { making: {}, body };
  const { only, from, pins, reuse } = body;
  const errors: FieldError[] = [];
  const saved = pins === undefined ? await listPins(ctx, flowId) : readPins(ctx, flow, pins, errors);
  const rest = Object.fromEntries(Object.entries(body).filter(([key]) => !partKeys.includes(key)));
  if (only === undefined && from === undefined) {
    if (reuse !== undefined) errors.push(partError('/reuse', 'reuse_alone', ctx.locale));
    if (errors.length > 0) throw partRefused(errors);
    return { making: Object.keys(saved).length === 0 ? {} : { pins: saved }, body: rest };
  }
  if (only !== undefined && from !== undefined) errors.push(partError('/from', 'one_way', ctx.locale));
  const wanted = readSteps(ctx, flow, { only, from }, errors);
  const former = await formerOf(ctx, flowId, reuse, errors);
  if (errors.length === 0 && only !== undefined) errors.push(...demandValues(ctx, flow, { wanted, pins: saved, former }));
  if (errors.length > 0) throw partRefused(errors);
  const [first = ''] = wanted;
  const making: RunMaking = { ...(only === undefined ? { from: first } : { only: wanted }), pins: saved, reuse: former?.row.id };
  return { making, body: withInputs(ctx, flow, rest, former) };
}

/** Values given for this run alone; they stand in place of all that are saved. */
function readPins(ctx: Ctx, flow: FlowDocument, given: unknown, errors: FieldError[]): Pins {
  if (!isRecord(given)) {
    errors.push(partError('/pins', 'pins_invalid', ctx.locale));
    return {};
  }
  const at = ctx.deps.now();
  return Object.fromEntries(
    Object.entries(given).map(([node, outputs]) => [
      node,
      { outputs: readPin(ctx, flow, { node, outputs, pointer: `/pins/${node}` }, errors), at },
    ]),
  );
}

function readSteps(ctx: Ctx, flow: FlowDocument, { only, from }: { only?: unknown; from?: unknown }, errors: FieldError[]): string[] {
  const given: unknown = only ?? [from];
  if (!Array.isArray(given) || given.length === 0) {
    errors.push(partError('/only', 'step_names', ctx.locale));
    return [];
  }
  return given.flatMap((node: unknown, at): string[] => {
    const pointer = only === undefined ? '/from' : `/only/${at}`;
    const known = typeof node === 'string' && Object.hasOwn(flow.nodes, node) ? flow.nodes[node] : undefined;
    const role = ctx.deps.catalogue.get(known?.type ?? '')?.role;
    if (known === undefined) errors.push(partError(pointer, 'no_step', ctx.locale, { node: String(node).slice(0, 100) }));
    else if (role === 'annotation' || (role !== undefined && role !== 'container' && only !== undefined)) {
      errors.push(partError(pointer, 'end_of_flow', ctx.locale, { step: stepName(flow, ctx.deps.catalogue, String(node), ctx.locale) }));
    } else return [String(node)];
    return [];
  });
}

/** The run that lends its values: the one that is named, else the newest test run; null means none. */
async function formerOf(ctx: Ctx, flowId: string, reuse: unknown, errors: FieldError[]): Promise<FormerRun | undefined> {
  if (reuse === null) return undefined;
  const { deps, workspaceId, locale } = ctx;
  if (reuse === undefined) {
    const newest = await newestFormerRun(deps, workspaceId, flowId);
    return newest?.masked === true ? undefined : newest;
  }
  const former = typeof reuse === 'string' ? await findFormerRun(deps, workspaceId, reuse) : undefined;
  if (former?.row.flowId !== flowId) errors.push(partError('/reuse', 'no_run', locale));
  else if (former.masked) errors.push(partError('/reuse', 'run_masked', locale));
  else return former;
  return undefined;
}

interface Given {
  wanted: readonly string[];
  pins: Pins;
  former: FormerRun | undefined;
}

/** Every wire into a step that is to run alone needs a value, or a record that it was skipped. */
function demandValues({ deps, locale }: Ctx, flow: FlowDocument, { wanted, pins, former }: Given): FieldError[] {
  const { catalogue } = deps;
  const runs = stepsOnly(flow, catalogue, wanted);
  const lent = former && lentBy(former, flow);
  const skipped = new Set(former?.steps.flatMap(({ node, status }) => (status === 'skipped' ? [node] : [])));
  const scopes = new Map(former?.steps.map(({ node, scope }) => [node, scope]));
  const titleOf = (id: string): string => stepName(flow, catalogue, id, locale);
  const isKnown = (id: string): boolean =>
    runs.has(id) ||
    Object.hasOwn(pins, id) ||
    skipped.has(id) ||
    catalogue.get(flow.nodes[id]?.type ?? '')?.role === 'flow-input' ||
    lent?.(scopes.get(id) ?? '', id) !== undefined;
  const reason = hidingOf(flow) === undefined ? 'value_unknown' : 'value_hidden';
  return wanted.flatMap((id, at) => {
    const pointer = `/only/${at}`;
    if (Object.hasOwn(pins, id)) return [partError(pointer, 'pinned', locale, { step: titleOf(id) })];
    const sources = flow.edges.filter(({ to }) => splitEnd(to).node === id).map(({ from }) => splitEnd(from).node);
    const missing = [...new Set(sources)].filter((source) => !isKnown(source));
    return missing.map((source) => partError(pointer, reason, locale, { step: titleOf(id), source: titleOf(source) }));
  });
}

/** Without inputs of its own the run takes those of the run it reuses, as far as the flow still takes them. */
function withInputs({ deps }: Ctx, flow: FlowDocument, rest: Record<string, unknown>, former: FormerRun | undefined): unknown {
  if (former === undefined || rest['inputs'] !== undefined) return rest;
  const fields = flowFace(flow, deps.catalogue).inputs;
  const inputs = Object.fromEntries(
    fields.flatMap(({ id }): [string, Json][] => {
      const value = Object.hasOwn(former.record.inputs, id) ? former.record.inputs[id] : undefined;
      return value === undefined || value === null ? [] : [[id, value]];
    }),
  );
  return checkInputs(fields, inputs).ok ? { ...rest, inputs } : rest;
}
