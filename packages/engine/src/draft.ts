import { type FlowNode, own } from '@patchbay/flow';
import {
  chipsOf,
  type InputPort,
  isRepeatable,
  type NodeDefinition,
  type OutputPort,
  type PortType,
  portsOf,
  type ResolvedNode,
} from '@patchbay/node-kit';
import { bypassOf } from './bypass.ts';
import { fanInOf } from './fan-in.ts';
import { type PlanEdge, type PlanInlet, type PlanOutputPort, type PlanPort, type PlanStep, passesOn } from './plan.ts';
import { ruleOf } from './rule.ts';

/** A part of the plan while its edges are still being added. */
type Building<Part extends { edges: readonly PlanEdge[] }> = Omit<Part, 'edges'> & { edges: PlanEdge[] };

/** A node on its way to a step: beside each part of the plan stands what it was declared as. */
export interface Draft {
  node: FlowNode;
  step: PlanStep;
  inputs: ReadonlyMap<string, DraftInput>;
  outputs: ReadonlyMap<string, DraftOutput>;
  inside: DraftInside | undefined;
}
export interface DraftInput {
  port: Building<PlanPort>;
  declared: InputPort;
  takesStream: boolean;
}
/** Where an edge may start. */
export interface DraftOutput {
  step: PlanStep;
  port: Building<PlanOutputPort>;
  type: PortType;
  stream: boolean;
  inner: boolean;
}
/** A container as the steps inside it see it: values come from `entry` and go to `exit`. */
interface DraftInside {
  entry: PlanStep;
  exit: PlanStep;
  inlets: Map<string, PlanInlet & { end: DraftOutput }>;
}

export function draftNode(id: string, node: FlowNode, definition: NodeDefinition): Draft {
  const resolved = portsOf(definition, node);
  const bypass = node.bypass === true ? bypassOf(definition, resolved) : undefined;
  const shape = bypass ?? resolved;
  const step = bareStep(id, definition.role === 'flow-input' ? 'input' : definition.role === 'flow-output' ? 'output' : 'node');
  step.dead = bypass !== undefined && bypass.run === undefined;
  step.type = bypass === undefined ? node.type : passesOn;
  step.run = bypass?.run ?? definition.run;
  step.config = resolved.config;
  step.slots = shape.slots;
  step.rule = ruleOf(node.onError);
  step.repeatable = bypass !== undefined || isRepeatable(definition, resolved.config);
  const inside =
    definition.role === 'container' ? { entry: bareStep(id, 'input'), exit: bareStep(id, 'output'), inlets: new Map() } : undefined;
  const chips = chipNames(shape);
  const inputs = shape.inputs.map((declared): [string, DraftInput] => {
    const reader = declared.inner === true && inside !== undefined ? inside.exit : step;
    // What a chip reads must be whole, so a port that is also a chip does not stream.
    return [
      declared.id,
      { port: draftPort(reader, node, declared), declared, takesStream: declared.stream === true && !chips.has(declared.id) },
    ];
  });
  const outputs = shape.outputs.map((declared): [string, DraftOutput] => [declared.id, draftOutput(declared, step, inside)]);
  return { node, step, inputs: new Map(inputs), outputs: new Map(outputs), inside };
}

/** A step without anything. */
export const bareStep = (id: string, kind: PlanStep['kind']): PlanStep => ({
  index: -1,
  id,
  type: '',
  kind,
  dead: false,
  run: () => ({}),
  config: {},
  slots: [],
  ports: [],
  wired: 0,
  outputs: [],
  outputOf: new Map(),
  edgesOut: 0,
  repeatable: true,
  rule: ruleOf(undefined),
  inner: undefined,
  inlets: [],
});

const chipNames = ({ slots }: Pick<ResolvedNode, 'slots'>): Set<string> =>
  new Set(slots.flatMap(({ template }) => chipsOf(template)).map(({ port }) => port));

const draftPort = (step: PlanStep, node: FlowNode, declared: InputPort): Building<PlanPort> => ({
  index: -1,
  step,
  id: declared.id,
  required: declared.required,
  nullable: !declared.required || declared.chip === true || node.bypass === true,
  fanIn: fanInOf(own(node.fanIn ?? {}, declared.id) ?? declared.fanIn, declared.type),
  fallback: declared.default ?? null,
  absent: false,
  edges: [],
  output: -1,
});

function draftOutput(
  { id, type, stream = false, inner = false }: OutputPort,
  step: PlanStep,
  inside: DraftInside | undefined,
): DraftOutput {
  return { step: inner && inside !== undefined ? inside.entry : step, port: { id, edges: [] }, type, stream, inner };
}

export function connect(from: DraftOutput, to: Building<PlanPort>, conversion: PlanEdge['conversion'], streams: boolean): void {
  const edge: PlanEdge = { index: -1, from: from.step, to, conversion, streams };
  to.edges.push(edge);
  from.port.edges.push(edge);
}

/** Leads a value into a container, once however many steps inside read it. What enters is whole: it is the same in every turn. */
export function enter({ step, inside }: Draft, from: DraftOutput): DraftOutput {
  if (inside === undefined) return from;
  const key = `${from.step.id}.${from.port.id}`;
  const known = inside.inlets.get(key);
  if (known !== undefined) return known.end;
  const end: DraftOutput = { step: inside.entry, port: { id: key, edges: [] }, type: from.type, stream: false, inner: false };
  const port: Building<PlanPort> = {
    index: -1,
    step,
    id: key,
    required: false,
    nullable: true,
    fanIn: { kind: 'first' },
    fallback: null,
    absent: false,
    edges: [],
    output: -1,
  };
  connect(from, port, 'same', false);
  inside.inlets.set(key, { port, output: end.port, end });
  return end;
}

/** All edges are there: the step gets its parts, and unwired ports what they hold. */
export function finishDraft({ node, step, inputs, outputs, inside }: Draft): void {
  const ports = [...inputs.values()];
  const ends = [...outputs.values()];
  step.ports = ports.flatMap(({ port }) => (port.step === step ? [port] : []));
  step.outputs = ends.flatMap((end) => (end.step === step ? [end.port] : []));
  step.outputOf = new Map(step.outputs.map((port) => [port.id, port]));
  step.edgesOut = step.outputs.reduce((sum, port) => sum + port.edges.length, 0);
  for (const { port, declared } of ports) {
    if (port.edges.length > 0) continue;
    const literal = own(node.values ?? {}, port.id);
    port.fallback = literal ?? port.fallback;
    port.absent = port.step.kind === 'output' && (step.dead || (literal === undefined && declared.default === undefined));
  }
  if (inside === undefined) return;
  step.inlets = [...inside.inlets.values()].map(({ port, output }) => ({ port, output }));
  inside.exit.ports = ports.flatMap(({ port }) => (port.step === inside.exit ? [port] : []));
  inside.entry.outputs = ends.flatMap((end) => (end.step === inside.entry ? [end.port] : []));
}
