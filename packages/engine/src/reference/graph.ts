import { type FanInRule, type FlowDocument, type FlowNode, type Json, own, splitEnd } from '@patchbay/flow';
import { type Catalogue, conversion, type NodeDefinition, type PortType, portsOf, type ResolvedNode } from '@patchbay/node-kit';

/** A flow as the reference reads it: every node with its ports, every edge with its ends. */
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
}

export function readGraph(flow: FlowDocument, catalogue: Catalogue): Graph {
  const nodes = Object.entries(flow.nodes).flatMap(([id, node]) => {
    const definition = catalogue.get(node.type);
    return definition === undefined || definition.role === 'annotation' ? [] : [readNode(id, node, definition)];
  });
  const wires = flow.edges.flatMap((edge, index) => {
    const from = splitEnd(edge.from);
    const to = splitEnd(edge.to);
    const source = nodes.find((node) => node.id === from.node);
    const target = nodes.find((node) => node.id === to.node);
    const port = target?.inputs.find((candidate) => candidate.id === to.port);
    if (source === undefined || target === undefined || port === undefined || target.dead) return [];
    const wire = readWire(index, source, from.port, target, port);
    port.wires.push(wire);
    if (wire.streams) source.streamRead.add(wire.fromPort);
    return [wire];
  });
  return { nodes, wires, order: sort(nodes, wires) };
}

function readNode(id: string, node: FlowNode, definition: NodeDefinition): GraphNode {
  const resolved = portsOf(definition, node);
  const pass = node.bypass === true && definition.role === undefined ? passOf(resolved) : undefined;
  const inputs = resolved.inputs
    .filter((port) => pass === undefined || port.id === pass.from)
    .map((port): GraphPort => {
      const literal = own(node.values ?? {}, port.id) ?? port.default;
      return {
        id: port.id,
        type: port.type,
        required: port.required,
        chip: port.chip === true || node.bypass === true,
        rule: own(node.fanIn ?? {}, port.id) ?? port.fanIn ?? 'first',
        wires: [],
        literal: literal ?? (definition.role === 'flow-output' ? undefined : null),
        fallback: port.default ?? null,
      };
    });
  const dead = node.bypass === true && pass === undefined;
  return {
    id,
    node,
    definition,
    resolved,
    role: definition.role,
    inputs,
    outputs: resolved.outputs.map(({ id }) => id),
    dead,
    pass,
    streamRead: new Set(),
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

function readWire(index: number, source: GraphNode, fromPort: string, target: GraphNode, port: GraphPort): Wire {
  const output = source.resolved.outputs.find((candidate) => candidate.id === fromPort);
  const input = target.resolved.inputs.find((candidate) => candidate.id === port.id);
  const fromType = output?.type ?? 'any';
  const chips = new Set(
    target.resolved.slots.flatMap((slot) => slot.template.parts).map((part) => (typeof part === 'string' ? '' : part.port)),
  );
  const takes = target.pass === undefined ? input?.stream === true && !chips.has(port.id) : passesStream(target);
  const streams =
    output?.stream === true && takes && port.rule === 'first' && fromType === 'text' && (port.type === 'text' || port.type === 'any');
  return { index, from: source.id, fromPort, fromType, to: target.id, toType: port.type, streams };
}

/** A bypassed node hands chunks on where nothing has to be made of them. */
function passesStream({ pass, resolved }: GraphNode): boolean {
  const output = resolved.outputs.find((port) => port.id === pass?.to);
  return pass !== undefined && output?.stream === true && pass.fromType === pass.toType;
}

function sort(nodes: readonly GraphNode[], wires: readonly Wire[]): GraphNode[] {
  const order: GraphNode[] = [];
  const done = new Set<string>();
  while (order.length < nodes.length) {
    const next = nodes.find((node) => !done.has(node.id) && wires.every((wire) => wire.to !== node.id || done.has(wire.from)));
    if (next === undefined) throw new Error('the flow has a cycle');
    done.add(next.id);
    order.push(next);
  }
  return order;
}
