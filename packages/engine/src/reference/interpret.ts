import { type FlowDocument, type Json, splitEnd } from '@patchbay/flow';
import { type Catalogue, type Failure, type Inside, type SkipReason, StepError, type Turn } from '@patchbay/node-kit';
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
  /** Where their failures came about: inside a container it is not the node that stops the run. */
  blamed: ReadonlySet<string>;
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
  /** Where it stands: `''` at the top. */
  scope: string;
  graph: Graph;
  inputs: Readonly<Record<string, Json>>;
  wires: Map<number, WireState>;
  steps: Map<string, ExpectedStep>;
  evaluations: Map<string, Evaluation>;
  stoppers: Set<string>;
  blamed: Set<string>;
  /** The first of their failures. */
  failure: Failure | undefined;
  uncertain: boolean;
  /** The end of an edge from farther out. */
  outside(end: string): WireState;
  /** Interprets the inside of a container. */
  enter(container: GraphNode, scope: string, outside: Walk['outside']): Promise<Walk>;
  /** All steps of all scopes. */
  all: Map<string, ExpectedStep>;
}

/** How a step is named in one run: by its node, and by the scope before it inside containers. */
export const stepKey = (scope: string, node: string): string => (scope === '' ? node : `${scope}:${node}`);

export async function interpret(flow: FlowDocument, catalogue: Catalogue, inputs: Readonly<Record<string, Json>>): Promise<Interpretation> {
  const all = new Map<string, ExpectedStep>();
  const walkLevel = async (level: string | undefined, scope: string, outside: Walk['outside']): Promise<Walk> => {
    const walk: Walk = {
      scope,
      graph: readGraph(flow, catalogue, level),
      inputs,
      wires: new Map(),
      steps: new Map(),
      evaluations: new Map(),
      stoppers: new Set(),
      blamed: new Set(),
      failure: undefined,
      uncertain: false,
      outside,
      enter: (container, inner, from) => walkLevel(container.id, inner, from),
      all,
    };
    await interpretLevel(walk);
    return walk;
  };
  const walk = await walkLevel(undefined, '', () => ({ state: 'never' }));
  return { ...readOutputs(walk), steps: all, stoppers: walk.stoppers, blamed: walk.blamed, uncertain: walk.uncertain };
}

async function interpretLevel(walk: Walk): Promise<void> {
  for (const wire of walk.graph.wires) if (wire.outside) walk.wires.set(wire.index, walk.outside(`${wire.from}.${wire.fromPort}`));
  for (const node of walk.graph.order) {
    if (node.role === 'flow-output') endNode(walk, node);
    else await runNode(walk, node);
  }
  for (const node of [...walk.graph.order].reverse()) markIdle(walk, node);
  for (const [node, step] of walk.steps) walk.all.set(stepKey(walk.scope, node), step);
}

/** What an end comes to that is read inside a container of this level: whole, so a broken text is closed. */
function endState(walk: Walk, end: string): WireState {
  const { node, port } = splitEnd(end);
  const step = walk.steps.get(node);
  return step === undefined ? walk.outside(end) : wireState(step, port, false, walk.evaluations.get(node));
}

/** The inside of a container for one try; a node that does not wait for its turns leaves them behind. */
function insideOf(walk: Walk, container: GraphNode, attempt: number): Inside & { failed: number; over: boolean } {
  let queue: Promise<unknown> = Promise.resolve();
  const scope = `${walk.scope === '' ? '' : `${walk.scope}/`}${container.id}${attempt === 1 ? '' : `~${attempt}`}`;
  const inside = {
    failed: 0,
    over: false,
    stop: () => {},
    run: (turn: number, values: Record<string, Json>): Promise<Turn> => {
      const done = queue.then(async (): Promise<Turn> => {
        if (inside.over) return new Promise(() => {});
        const inner = await walk.enter(container, `${scope}/${turn}`, (end) => {
          const { node, port } = splitEnd(end);
          if (node !== container.id) return endState(walk, end);
          const value = Object.hasOwn(values, port) ? values[port] : undefined;
          return value === undefined ? { state: 'closed', reason: { code: 'branch', node, port } } : { state: 'value', value };
        });
        walk.uncertain ||= inner.uncertain || inner.stoppers.size > 1;
        if (inner.failure === undefined) return { outputs: readOutputs(inner).outputs };
        inside.failed += 1;
        return { outputs: {}, error: inner.failure };
      });
      queue = done;
      return done;
    },
  };
  return inside;
}

async function runNode(walk: Walk, node: GraphNode): Promise<void> {
  const views = node.inputs.map((port) => viewPort(port, walk.wires));
  const lacksInlet = [...node.inlets.keys()].some((end) => endState(walk, end).state === 'never');
  if (lacksInlet || views.some((view) => view.state === 'never')) {
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
  const insides: ReturnType<typeof insideOf>[] = [];
  const inside = (attempt: number): Inside | undefined => {
    if (node.role !== 'container') return undefined;
    const opened = insideOf(walk, node, attempt);
    insides.push(opened);
    return opened;
  };
  const evaluation = await evaluate(node, views, { scope: walk.scope, inside });
  for (const opened of insides) opened.over = true;
  // Of turns side by side any may be the first to fail.
  if (insides.some(({ failed }) => failed > 0) && node.resolved.config['onFailure'] === 'stop' && node.resolved.config['concurrency'] !== 1)
    walk.uncertain = true;
  if (evaluation.stops) stop(walk, node, evaluation.failure);
  endStep(walk, node, evaluation.stops ? { status: 'failed' } : evaluation.step, evaluation);
}

function stop(walk: Walk, node: GraphNode, failure: Failure | undefined): void {
  walk.stoppers.add(node.id);
  walk.blamed.add(failure?.node ?? node.id);
  walk.failure ??= failure;
}

const flowInputs = ({ inputs }: Walk, node: GraphNode): Record<string, Json> =>
  Object.fromEntries(node.outputs.map((id) => [id, Object.hasOwn(inputs, id) ? (inputs[id] as Json) : null]));

function endStep(walk: Walk, node: GraphNode, step: ExpectedStep, evaluation?: Evaluation): void {
  walk.steps.set(node.id, step);
  if (evaluation !== undefined) walk.evaluations.set(node.id, evaluation);
  for (const wire of walk.graph.wires.filter((candidate) => candidate.from === node.id && !candidate.outside)) {
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
    const { errorClass: name, reason, params } = faulty.state === 'value' ? (faulty.fault as StepError) : new StepError('internal', '');
    stop(walk, node, { class: name, reason, params, node: node.id });
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
  const wires = walk.graph.wires.filter((wire) => wire.from === node.id && !wire.outside);
  if (step === undefined || node.role !== undefined || !wires.some((wire) => wire.streams)) return;
  step.idle = wires.every((wire) => {
    const reader = walk.graph.nodes.find((candidate) => candidate.id === wire.to && candidate.id !== node.id);
    const end = walk.steps.get(wire.to);
    return (
      reader?.role === undefined && (end?.status === 'skipped' || end?.status === 'stopped' || end?.doomed === true || end?.idle === true)
    );
  });
  if (step.idle && walk.stoppers.has(node.id)) walk.uncertain = true;
}
