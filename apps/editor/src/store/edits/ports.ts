import type { FanInRule, FlowDocument, FlowNode } from '@patchbay/flow';
import {
  type Catalogue,
  configSchema,
  type InputPort,
  type NodeDefinition,
  type OutputPort,
  portsOf,
  type ResolvedNode,
} from '@patchbay/node-kit';
import { endNode, endPort, nodeOf } from './ends.ts';

const resolved = new WeakMap<FlowNode, { node: ResolvedNode; definition: NodeDefinition }>();

/**
 * A placed node's ports, computed once per node object. Only for nodes of a stored document, which are never
 * changed in place; inside an edit `portsNow` reads the draft as it stands.
 */
export function portsKept(catalogue: Catalogue, node: FlowNode): ResolvedNode | undefined {
  const definition = catalogue.get(node.type);
  if (definition === undefined) return undefined;
  const kept = resolved.get(node);
  if (kept?.definition === definition) return kept.node;
  const fresh = portsOf(definition, node);
  resolved.set(node, { node: fresh, definition });
  return fresh;
}

export function portsNow(catalogue: Catalogue, node: FlowNode | undefined): ResolvedNode | undefined {
  const definition = node && catalogue.get(node.type);
  return definition && portsOf(definition, node);
}

export const outputAt = (flow: FlowDocument, catalogue: Catalogue, end: string): OutputPort | undefined =>
  portsNow(catalogue, nodeOf(flow, endNode(end)))?.outputs.find((port) => port.id === endPort(end));
export const inputAt = (flow: FlowDocument, catalogue: Catalogue, end: string): InputPort | undefined =>
  portsNow(catalogue, nodeOf(flow, endNode(end)))?.inputs.find((port) => port.id === endPort(end));

/** The rule for several wires at a port, if it takes several. */
export function fanInOf(node: FlowNode, port: InputPort): FanInRule | undefined {
  return (node.fanIn && Object.hasOwn(node.fanIn, port.id) ? node.fanIn[port.id] : undefined) ?? port.fanIn;
}

/** The field a wire dropped on a node's body is written into as a chip: its main text. */
export function chipField(definition: NodeDefinition): string | undefined {
  const fields = Object.entries(configSchema(definition).properties ?? {}).filter(([, schema]) => schema.ui?.chips === true);
  const main = fields.find(([, schema]) => schema.ui?.widget === 'long-text') ?? fields.find(([, schema]) => schema.ui?.widget === 'text');
  return main?.[0];
}
