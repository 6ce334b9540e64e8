import type { Json } from '@patchbay/flow';
import { convert, type Inputs, type SkipReason, StepError, valueToText } from '@patchbay/node-kit';
import type { LiveText } from './live-text.ts';
import type { PlanEdge, PlanPort, PlanStep } from './plan.ts';
import { chosenEdge, type EdgeState, edgeState, type RunState, reasonOf, stateOf } from './run-state.ts';

/** Where a settled port stands: the state of the edge that decides, or of all edges together. */
export function portState(run: RunState, port: PlanPort): EdgeState {
  if (port.edges.length === 0) return port.absent ? edgeState.closed : edgeState.value;
  if (port.fanIn.kind === 'first') {
    const edge = chosenEdge(run, port);
    return edge === undefined ? edgeState.closed : stateOf(run, edge);
  }
  return port.edges.some((edge) => stateOf(run, edge) === edgeState.value) ? edgeState.value : edgeState.closed;
}

/** Why a closed or broken port is so: of several edges the first in wire order speaks. */
export function portReason(run: RunState, port: PlanPort): SkipReason | undefined {
  const edge = port.fanIn.kind === 'first' ? (chosenEdge(run, port) ?? port.edges[0]) : port.edges[0];
  return edge === undefined ? undefined : reasonOf(run, edge);
}

/** Why a step cannot start, and whether because a stream broke that it was to read. */
export interface Hindrance {
  reason: SkipReason | undefined;
  broken: boolean;
}

/** The first port, in order, that is required and closed; else the first whose stream broke before the step could start. */
export function hindrance(run: RunState, step: PlanStep): Hindrance | undefined {
  let broken: PlanPort | undefined;
  for (const port of step.ports) {
    const state = portState(run, port);
    if (state === edgeState.closed && port.required) return { reason: portReason(run, port), broken: false };
    if (state === edgeState.broken) broken ??= port;
  }
  return broken && { reason: portReason(run, broken), broken: true };
}

/** Values by input port for one attempt. Throws StepError where a conversion fails or a required value is null. */
export function gather(run: RunState, step: PlanStep): Inputs {
  const inputs: Inputs = {};
  for (const port of step.ports) {
    const value = portValue(run, port);
    if (value === null && !port.nullable) throw new StepError('invalid_input', 'value_missing', { port: port.id });
    inputs[port.id] = value;
  }
  return inputs;
}

/** What a settled port holds; a stream where its reader can take one that is still open. */
export function portValue(run: RunState, port: PlanPort): Json | LiveText {
  const { fanIn } = port;
  if (fanIn.kind === 'first') {
    const edge = chosenEdge(run, port);
    if (edge === undefined) return port.fallback;
    return edgeValue(run, edge);
  }
  const present = port.edges.filter((edge) => stateOf(run, edge) === edgeState.value);
  if (present.length === 0) return port.fallback;
  const values = present.map((edge) => edgeValue(run, edge) as Json);
  return convert(fanIn.whole, fanIn.kind === 'list' ? values : values.map(valueToText).join('\n\n'));
}

function edgeValue(run: RunState, edge: PlanEdge): Json | LiveText {
  const content = run.contents[edge.index] as Json | LiveText;
  // What streams is never converted.
  return edge.conversion === 'same' ? content : convert(edge.conversion, content as Json);
}
