import { type FlowDocument, type FlowNode, splitEnd } from '@patchbay/flow';
import type { Catalogue, NodeDefinition } from './definition.ts';
import type { InputPort, OutputPort } from './ports.ts';
import { portsOf, type ResolvedNode } from './ports-of.ts';

/** A placed node of a known type with its ports by id. */
export interface PlacedNode extends ResolvedNode {
  id: string;
  node: FlowNode;
  definition: NodeDefinition;
  inputOf: ReadonlyMap<string, InputPort>;
  outputOf: ReadonlyMap<string, OutputPort>;
}

/** A wire whose two ends exist, by its place in `edges`. */
export interface Wire {
  index: number;
  from: PlacedNode;
  output: OutputPort;
  to: PlacedNode;
  input: InputPort;
}

/** A flow seen through a catalogue: its nodes of known types in document order, its sound wires by the port they enter. */
export interface ResolvedFlow {
  flow: FlowDocument;
  nodes: ReadonlyMap<string, PlacedNode>;
  /** Wires into each port, by `node.port`, in wire order. */
  wiresInto: ReadonlyMap<string, readonly Wire[]>;
  /** Every `node.port` that an edge names as its end, sound or not. */
  targets: ReadonlySet<string>;
}

export function resolveFlow(flow: FlowDocument, catalogue: Catalogue): ResolvedFlow {
  const nodes = new Map<string, PlacedNode>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = catalogue.get(node.type);
    if (definition !== undefined) nodes.set(id, placeNode(id, node, definition));
  }
  const wiresInto = new Map<string, Wire[]>();
  for (const [index, edge] of flow.edges.entries()) {
    const source = splitEnd(edge.from);
    const target = splitEnd(edge.to);
    const from = nodes.get(source.node);
    const to = nodes.get(target.node);
    const output = from?.outputOf.get(source.port);
    const input = to?.inputOf.get(target.port);
    if (from === undefined || to === undefined || output === undefined || input === undefined) continue;
    const wires = wiresInto.get(edge.to);
    const wire = { index, from, output, to, input };
    if (wires === undefined) wiresInto.set(edge.to, [wire]);
    else wires.push(wire);
  }
  return { flow, nodes, wiresInto, targets: new Set(flow.edges.map((edge) => edge.to)) };
}

function placeNode(id: string, node: FlowNode, definition: NodeDefinition): PlacedNode {
  const resolved = portsOf(definition, node);
  return {
    ...resolved,
    id,
    node,
    definition,
    inputOf: new Map(resolved.inputs.map((port) => [port.id, port])),
    outputOf: new Map(resolved.outputs.map((port) => [port.id, port])),
  };
}
