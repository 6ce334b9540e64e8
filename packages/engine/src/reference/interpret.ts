import type { FlowDocument, Json } from '@patchbay/flow';
import type { Catalogue, SkipReason } from '@patchbay/node-kit';
import { type Evaluation, evaluate, failsAtStart } from './evaluate.ts';
import { type Graph, type GraphNode, readGraph } from './graph.ts';
import { type PortView, viewPort, type WireState } from './wires.ts';

/**
 * DESIGN 4 as a program: one node after another, in an order in which all its sources come first, with nothing clever.
 * What the engine does at the same time, in chunks and in any order must come out as here. Used by tests only.
 */
export interface Interpretation {
  steps: ReadonlyMap<string, ExpectedStep>;
  outputs: Record<string, Json>;
  /** Outputs that began as streams and never got their end. */
  broken: ReadonlySet<string>;
  empty: boolean;
  reason: SkipReason | undefined;
  /** Nodes whose failure ends the run; with any of them the run fails, and what else had run by then is a matter of time. */
  stoppers: ReadonlySet<string>;
  /** The moment matters, by decision: a stream that nobody reads may be stopped before it fails, a reader may fail before its stream does. */
  uncertain: boolean;
}

/** `stopped`: it read from a stream that broke; `never`: it waits for a node that ended the run. */
export interface ExpectedStep {
  status: 'succeeded' | 'failed' | 'skipped' | 'stopped' | 'never';
  reason?: SkipReason | undefined;
  values?: Record<string, Json> | undefined;
  /** It would be skipped even if what it waits for came. */
  doomed?: boolean;
  /** It streamed only to readers that are skipped: the engine may stop it in the middle. */
  idle?: boolean;
}

interface Walk {
  graph: Graph;
  inputs: Readonly<Record<string, Json>>;
  wires: Map<number, WireState>;
  steps: Map<string, ExpectedStep>;
  stoppers: Set<string>;
  uncertain: boolean;
}

export async function interpret(flow: FlowDocument, catalogue: Catalogue, inputs: Readonly<Record<string, Json>>): Promise<Interpretation> {
  const walk: Walk = {
    graph: readGraph(flow, catalogue),
    inputs,
    wires: new Map(),
    steps: new Map(),
    stoppers: new Set(),
    uncertain: false,
  };
  for (const node of walk.graph.order) {
    if (node.role === 'flow-output') endNode(walk, node);
    else await runNode(walk, node);
  }
  for (const node of [...walk.graph.order].reverse()) markIdle(walk, node);
  return { ...readOutputs(walk), steps: walk.steps, stoppers: walk.stoppers, uncertain: walk.uncertain };
}

async function runNode(walk: Walk, node: GraphNode): Promise<void> {
  const views = node.inputs.map((port) => viewPort(port, walk.wires));
  if (views.some((view) => view.state === 'never')) {
    const doomed = views.some((view) => (view.state === 'closed' && view.port.required) || view.state === 'broken');
    // The first chunks of what fails later may have let it start, or be skipped, before the run ended.
    const streams = node.inputs.some((port) => port.wires.some((wire) => wire.streams));
    walk.uncertain ||= streams && (doomed || failsAtStart(node, views));
    return endStep(walk, node, { status: 'never', doomed });
  }
  if (node.dead) return endStep(walk, node, { status: 'skipped', reason: { code: 'bypass', node: node.id } });
  const closed = views.find((view) => view.state === 'closed' && view.port.required);
  if (closed !== undefined) return endStep(walk, node, { status: 'skipped', reason: closed.reason });
  const broken = views.find((view) => view.state === 'broken');
  if (broken !== undefined) {
    walk.uncertain ||= failsAtStart(node, views);
    return endStep(walk, node, { status: 'stopped', reason: broken.reason });
  }
  if (node.role === 'flow-input') return endStep(walk, node, { status: 'succeeded', values: flowInputs(walk, node) });
  const evaluation = await evaluate(node, views);
  if (evaluation.stops) walk.stoppers.add(node.id);
  endStep(walk, node, evaluation.stops ? { status: 'failed' } : evaluation.step, evaluation);
}

const flowInputs = ({ inputs }: Walk, node: GraphNode): Record<string, Json> =>
  Object.fromEntries(node.outputs.map((id) => [id, Object.hasOwn(inputs, id) ? (inputs[id] as Json) : null]));

function endStep(walk: Walk, node: GraphNode, step: ExpectedStep, evaluation?: Evaluation): void {
  walk.steps.set(node.id, step);
  for (const wire of walk.graph.wires.filter((candidate) => candidate.from === node.id)) {
    walk.wires.set(wire.index, wireState(step, wire.fromPort, wire.streams, evaluation));
  }
}

function wireState(step: ExpectedStep, port: string, streams: boolean, evaluation: Evaluation | undefined): WireState {
  if (step.status === 'never' || evaluation?.stops === true) return { state: 'never' };
  if (step.status === 'skipped') return { state: 'closed', reason: step.reason };
  if (step.status === 'stopped') return { state: streams ? 'broken' : 'closed', reason: step.reason };
  const value = step.values !== undefined && Object.hasOwn(step.values, port) ? step.values[port] : undefined;
  if (value !== undefined) return { state: 'value', value };
  const node = evaluation?.node ?? '';
  if (step.status === 'succeeded') return { state: 'closed', reason: { code: 'branch', node, port } };
  const reason: SkipReason = { code: 'source_failed', node, port };
  return { state: streams && evaluation?.chunked.has(port) === true ? 'broken' : 'closed', reason };
}

/** An output node has no work of its own: it holds what its fields hold. */
function endNode(walk: Walk, node: GraphNode): void {
  const views = node.inputs.map((port) => viewPort(port, walk.wires));
  const faulty = views.find((view) => view.state === 'value' && view.fault !== undefined);
  if (faulty !== undefined) {
    walk.stoppers.add(node.id);
    walk.steps.set(node.id, { status: 'failed' });
    return;
  }
  walk.steps.set(node.id, outputStep(node, views));
}

function outputStep(node: GraphNode, views: readonly PortView[]): ExpectedStep {
  if (node.dead) return { status: 'skipped', reason: { code: 'bypass', node: node.id } };
  if (views.some((view) => view.state === 'never')) return { status: 'never' };
  const broken = views.find((view) => view.state === 'broken');
  if (broken !== undefined) return { status: 'stopped', reason: broken.reason };
  const values = views.flatMap((view) => (view.state === 'value' ? [[view.port.id, view.value] as const] : []));
  if (values.length > 0) return { status: 'succeeded', values: Object.fromEntries(values) };
  return { status: 'skipped', reason: views.find((view) => view.reason !== undefined)?.reason };
}

function readOutputs(walk: Walk): Pick<Interpretation, 'outputs' | 'broken' | 'empty' | 'reason'> {
  const outputs: Record<string, Json> = {};
  const broken = new Set<string>();
  const names = [...new Set(fieldsOf(walk).map((field) => field.view.port.id))];
  for (const name of names) {
    const sources = fieldsOf(walk).filter((field) => field.view.port.id === name);
    const first = sources.find((field) => field.view.state !== 'closed');
    if (first?.view.state === 'value') outputs[name] = first.view.value;
    if (first?.view.state === 'broken') broken.add(name);
  }
  const empty = names.length > 0 && Object.keys(outputs).length === 0;
  const inOrder = names.flatMap((name) => fieldsOf(walk).filter((field) => field.view.port.id === name));
  const reason = empty ? inOrder.map((field) => field.view.reason).find((candidate) => candidate !== undefined) : undefined;
  return { outputs, broken, empty, reason };
}

function fieldsOf({ graph, wires }: Walk): { view: PortView }[] {
  const ends = graph.nodes.filter((node) => node.role === 'flow-output');
  return ends.flatMap((node) =>
    node.inputs.map((port) => ({
      view: node.dead ? ({ port, state: 'closed', reason: { code: 'bypass', node: node.id } } as const) : viewPort(port, wires),
    })),
  );
}

/** A step whose chunks go to nobody, since all its readers are skipped, stopped or idle themselves. */
function markIdle(walk: Walk, node: GraphNode): void {
  const step = walk.steps.get(node.id);
  const wires = walk.graph.wires.filter((wire) => wire.from === node.id);
  if (step === undefined || node.role !== undefined || !wires.some((wire) => wire.streams)) return;
  step.idle = wires.every((wire) => {
    const reader = walk.graph.nodes.find((candidate) => candidate.id === wire.to);
    const end = walk.steps.get(wire.to);
    return (
      reader?.role === undefined && (end?.status === 'skipped' || end?.status === 'stopped' || end?.doomed === true || end?.idle === true)
    );
  });
  if (step.idle && walk.stoppers.has(node.id)) walk.uncertain = true;
}
