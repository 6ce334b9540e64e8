import { type FanInRule, type FlowDocument, type FlowNode, type Json, own, splitEnd } from '@patchbay/flow';
import {
  type Catalogue,
  conversion,
  type InputPort,
  type NodeDefinition,
  type PortType,
  portsOf,
  type ResolvedNode,
} from '@patchbay/node-kit';

/**
 * One level of a flow as the reference reads it: the nodes that stand at the top or in one container, and the edges into them.
 * In a container a last node of the container's name takes what its inside gives back.
 */
export interface Graph {
  nodes: GraphNode[];
  wires: Wire[];
  /** The same nodes, each after all it reads from. */
  order: GraphNode[];
}

export interface GraphNode {
  id: string;
  node: FlowNode;
  definition: NodeDefinition;
  resolved: ResolvedNode;
  role: NodeDefinition['role'];
  inputs: GraphPort[];
  outputs: string[];
  /** Bypassed, with nothing it could hand on. */
  dead: boolean;
  /** Bypassed: the input it hands on, and the output it hands it to. */
  pass: { from: string; to: string; fromType: PortType; toType: PortType } | undefined;
  /** Outputs with an edge to a reader that can stream. */
  streamRead: Set<string>;
  /** Of a container: ends (`node.port`) outside it that are read inside, each with its node where that stands at this level. */
  inlets: Map<string, string | undefined>;
}

export interface GraphPort {
  id: string;
  type: PortType;
  required: boolean;
  chip: boolean;
  rule: FanInRule;
  wires: Wire[];
  /** The value of an unwired port; undefined where a flow output has nothing to answer. */
  literal: Json | undefined;
  fallback: Json;
}

export interface Wire {
  index: number;
  from: string;
  fromPort: string;
  fromType: PortType;
  to: string;
  toType: PortType;
  /** Its reader can start on the first chunk. */
  streams: boolean;
  /** It comes from the container's own inner output, or from farther out: known before anything here runs. */
  outside: boolean;
}

export function readGraph(flow: FlowDocument, catalogue: Catalogue, level?: string): Graph {
  const all = new Map(
    Object.entries(flow.nodes).flatMap(([id, node]) => {
      const definition = catalogue.get(node.type);
      return definition === undefined || definition.role === 'annotation' ? [] : [[id, readNode(id, node, definition)] as const];
    }),
  );
  const container = level === undefined ? undefined : all.get(level);
  const nodes = [...all.values()].filter(({ node }) => node.parent === level);
  if (container !== undefined) nodes.push(exitOf(container));
  const wires = flow.edges.flatMap((edge, index) => {
    const [from, to] = [splitEnd(edge.from), splitEnd(edge.to)];
    const [source, placed] = [all.get(from.node), all.get(to.node)];
    if (source === undefined || placed === undefined) return [];
    const inner = placed.resolved.inputs.find(({ id }) => id === to.port)?.inner === true;
    const target = inner
      ? nodes.find((node) => node.id === placed.id && node.role === 'flow-output')
      : nodes.find((node) => node === placed);
    const port = target?.inputs.find(({ id }) => id === to.port);
    if (target === undefined || port === undefined) {
      const way = placesAround(all, placed, inner);
      const entered = nodes.find(({ id, role }) => role === 'container' && way.includes(id));
      if (entered === undefined || entered === source || placesAround(all, source, false).includes(entered.id)) return [];
      // What is switched off on the way in, or does not hand the value on, reads nothing.
      const closed = way.slice(0, way.indexOf(entered.id) + 1).some((id) => all.get(id)?.dead === true);
      const reads = inner || placed.inputs.some(({ id }) => id === to.port);
      if (!closed && !placed.dead && reads) entered.inlets.set(edge.from, nodes.includes(source) ? source.id : undefined);
      return [];
    }
    if (target.dead) return [];
    const wire = readWire(index, source, from.port, target, port, !nodes.includes(source));
    port.wires.push(wire);
    if (wire.streams) source.streamRead.add(wire.fromPort);
    return [wire];
  });
  return { nodes, wires, order: sort(nodes) };
}

/** The containers a port stands in. */
function placesAround(all: ReadonlyMap<string, GraphNode>, node: GraphNode, inner: boolean): string[] {
  const ids = inner ? [node.id] : [];
  for (let { parent } = node.node; parent !== undefined; parent = all.get(parent)?.node.parent) ids.push(parent);
  return ids;
}

/** What a container takes back, as an output node of its inside. */
const exitOf = (container: GraphNode): GraphNode => ({
  ...container,
  role: 'flow-output',
  inputs: container.resolved.inputs.filter(({ inner }) => inner === true).map((port) => readPort(container.node, port, 'flow-output')),
  outputs: [],
  dead: false,
  inlets: new Map(),
});

function readNode(id: string, node: FlowNode, definition: NodeDefinition): GraphNode {
  const resolved = portsOf(definition, node);
  const pass = node.bypass === true && definition.role === undefined ? passOf(resolved) : undefined;
  const inputs = resolved.inputs
    .filter((port) => port.inner !== true && (pass === undefined || port.id === pass.from))
    .map((port) => readPort(node, port, definition.role));
  const dead = node.bypass === true && pass === undefined;
  return {
    id,
    node,
    definition,
    resolved,
    role: definition.role,
    inputs,
    outputs: resolved.outputs.filter(({ inner }) => inner !== true).map(({ id }) => id),
    dead,
    pass,
    streamRead: new Set(),
    inlets: new Map(),
  };
}

function readPort(node: FlowNode, port: InputPort, role: NodeDefinition['role']): GraphPort {
  const literal = own(node.values ?? {}, port.id) ?? port.default;
  return {
    id: port.id,
    type: port.type,
    required: port.required,
    chip: port.chip === true || node.bypass === true,
    rule: own(node.fanIn ?? {}, port.id) ?? port.fanIn ?? 'first',
    wires: [],
    literal: literal ?? (role === 'flow-output' ? undefined : null),
    fallback: port.default ?? null,
  };
}

function passOf({ inputs, outputs }: ResolvedNode): GraphNode['pass'] {
  for (const input of inputs) {
    for (const output of outputs) {
      if (output.id === 'error' || conversion(input.type, output.type) === null) continue;
      return { from: input.id, to: output.id, fromType: input.type, toType: output.type };
    }
  }
  return undefined;
}

function readWire(index: number, source: GraphNode, fromPort: string, target: GraphNode, port: GraphPort, outside: boolean): Wire {
  const output = source.resolved.outputs.find((candidate) => candidate.id === fromPort);
  const input = target.resolved.inputs.find((candidate) => candidate.id === port.id);
  const fromType = output?.type ?? 'any';
  const chips = new Set(
    target.resolved.slots.flatMap((slot) => slot.template.parts).map((part) => (typeof part === 'string' ? '' : part.port)),
  );
  const takes = target.pass === undefined ? input?.stream === true && !chips.has(port.id) : passesStream(target);
  const streams =
    !outside &&
    output?.stream === true &&
    takes &&
    port.rule === 'first' &&
    fromType === 'text' &&
    (port.type === 'text' || port.type === 'any');
  return { index, from: source.id, fromPort, fromType, to: target.id, toType: port.type, streams, outside };
}

/** A bypassed node hands chunks on where nothing has to be made of them. */
function passesStream({ pass, resolved }: GraphNode): boolean {
  const output = resolved.outputs.find((port) => port.id === pass?.to);
  return pass !== undefined && output?.stream === true && pass.fromType === pass.toType;
}

function sort(nodes: readonly GraphNode[]): GraphNode[] {
  const order: GraphNode[] = [];
  const done = new Set<string>();
  while (order.length < nodes.length) {
    const next = nodes.find((node) => !order.includes(node) && waitsFor(node).every((id) => done.has(id)));
    if (next === undefined) throw new Error('the flow has a cycle');
    done.add(next.id);
    order.push(next);
  }
  return order;
}

/** The nodes of this level that must have ended before a node can start. */
function waitsFor({ inputs, inlets }: GraphNode): string[] {
  const own = inputs.flatMap((port) => port.wires).filter((wire) => !wire.outside);
  return [...own.map((wire) => wire.from), ...[...inlets.values()].filter((id) => id !== undefined)];
}
