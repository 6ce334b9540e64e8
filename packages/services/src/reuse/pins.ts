import type { PinRow } from '@patchbay/db';
import { type FlowDocument, isRecord, type Json, pointerStep } from '@patchbay/flow';
import { portsOf, typeParams, valueFault } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';
import { findFlow, storedFlow } from '../flows/flow-resource.ts';
import type { PinList, PinResource } from '../resources.ts';
import { type FieldError, notFound } from '../service-error.ts';
import type { Pins } from './run-making.ts';
import { stepName } from './step-name.ts';
import { partError, partRefused } from './words.ts';

/** The pins that are saved with a draft. */
export async function listPins({ deps, workspaceId }: Ctx, flowId: string): Promise<Pins> {
  const rows = await deps.database.pins.list(workspaceId, flowId);
  return Object.fromEntries(rows.map(({ node, outputs, pinnedAt }) => [node, { outputs: outputsOf(outputs), at: pinnedAt }]));
}

/** The pins of a draft. Test runs of it take their values in place of executing the steps; published versions know none. */
export async function readPins({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<PinList> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  return { pins: (await ctx.deps.database.pins.list(ctx.workspaceId, row.id)).map(pinResource) };
}

export interface GivenPin {
  /** The flow. */
  id: string;
  node: string;
  /** `{ "outputs": { port: value } }`; ports that are left out are closed. */
  body: unknown;
}

/** Pins values of a step of the stored draft over those it has. */
export async function setPin({ ctx, input }: { ctx: Ctx; input: GivenPin }): Promise<PinResource> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  const flow = storedFlow(ctx.deps, row.document);
  if (!Object.hasOwn(flow.nodes, input.node)) throw notFound('step');
  const errors: FieldError[] = [];
  const given = isRecord(input.body) ? input.body['outputs'] : undefined;
  const outputs = readPin(ctx, flow, { node: input.node, outputs: given, pointer: '/outputs' }, errors);
  if (errors.length > 0) throw partRefused(errors);
  const pin: PinRow = { node: input.node, outputs: JSON.stringify(outputs), pinnedAt: ctx.deps.now() };
  await ctx.deps.database.pins.set(ctx.workspaceId, row.id, pin);
  return pinResource(pin);
}

/** Takes the pin of a step away, if it has one. */
export async function removePin({ ctx, input }: { ctx: Ctx; input: { id: string; node: string } }): Promise<void> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  await ctx.deps.database.pins.remove(ctx.workspaceId, row.id, input.node);
}

/** Values for a step's outputs as they were given; what is wrong with them is added to `errors`. */
export function readPin(
  { deps, locale }: Ctx,
  flow: FlowDocument,
  { node, outputs, pointer }: { node: string; outputs: unknown; pointer: string },
  errors: FieldError[],
): Record<string, Json> {
  const refuse = (...[at, reason, params]: [string, Parameters<typeof partError>[1], Record<string, string>?]): Record<string, Json> => {
    errors.push(partError(at, reason, locale, params));
    return {};
  };
  const placed = Object.hasOwn(flow.nodes, node) ? flow.nodes[node] : undefined;
  const definition = deps.catalogue.get(placed?.type ?? '');
  if (placed === undefined || definition === undefined) return refuse(pointer, 'no_step', { node: node.slice(0, 100) });
  const step = stepName(flow, deps.catalogue, node, locale);
  if (definition.role === 'annotation') return refuse(pointer, 'never_runs', { step });
  if (definition.role !== undefined && definition.role !== 'container') return refuse(pointer, 'end_of_flow', { step });
  if (!isRecord(outputs)) return refuse(pointer, 'pins_invalid');
  if (Object.keys(outputs).length === 0) return refuse(pointer, 'outputs_missing');
  const ports = new Map(portsOf(definition, placed).outputs.flatMap((port) => (port.inner === true ? [] : [[port.id, port.type]])));
  for (const [port, value] of Object.entries(outputs)) {
    const place = `${pointer}/${pointerStep(port)}`;
    const type = ports.get(port);
    if (type === undefined) refuse(place, 'no_output', { step, port: port.slice(0, 100) });
    else if (value !== null && valueFault(type, value as Json) !== undefined)
      refuse(place, 'wrong_value', { port, ...typeParams('expected', type) });
  }
  return outputs as Record<string, Json>;
}

const outputsOf = (text: string): Record<string, Json> => JSON.parse(text) as Record<string, Json>;

const pinResource = ({ node, outputs, pinnedAt }: PinRow): PinResource => ({
  node,
  outputs: outputsOf(outputs),
  pinnedAt: new Date(pinnedAt).toISOString(),
});
