import type { FlowDocument, FlowEdge, FlowNode } from '@patchbay/flow';
import { type Catalogue, portsOf } from '@patchbay/node-kit';
import { endNode, endPort } from './ends.ts';

/**
 * Keeps edges true to the nodes after any edit: edges of removed nodes go, and so do edges, literals and fan-in rules
 * of ports that the edit took away (the last chip, a label, a field). Nodes the edit did not touch are left alone,
 * and so is one whose config does not parse just now: half-typed settings must not cost a wire.
 */
export function settleEnds(before: FlowDocument, draft: FlowDocument, catalogue: Catalogue): void {
  for (const id of Object.keys(draft.layout)) if (!Object.hasOwn(draft.nodes, id)) delete draft.layout[id];
  const ports = new Map<string, { inputs: Set<string>; outputs: Set<string> }>();
  for (const [id, node] of Object.entries(draft.nodes)) {
    const old = Object.hasOwn(before.nodes, id) ? before.nodes[id] : undefined;
    if (old !== undefined && !portsMayDiffer(old, node)) continue;
    const definition = catalogue.get(node.type);
    if (definition === undefined) continue;
    const resolved = portsOf(definition, node);
    if (resolved.issues.length > 0) continue;
    const inputs = new Set(resolved.inputs.map((port) => port.id));
    ports.set(id, { inputs, outputs: new Set(resolved.outputs.map((port) => port.id)) });
    dropKeys(node, 'values', inputs);
    dropKeys(node, 'fanIn', inputs);
  }
  const stands = (edge: FlowEdge) =>
    endStands(draft, edge.from, ports.get(endNode(edge.from))?.outputs) && endStands(draft, edge.to, ports.get(endNode(edge.to))?.inputs);
  if (!draft.edges.every(stands)) draft.edges = draft.edges.filter(stands);
  dropIdleFanIn(before, draft);
}

const endStands = (draft: FlowDocument, end: string, ports: Set<string> | undefined): boolean =>
  Object.hasOwn(draft.nodes, endNode(end)) && (ports === undefined || ports.has(endPort(end)));

function portsMayDiffer(a: FlowNode, b: FlowNode): boolean {
  return a.type !== b.type || a.onError?.rule !== b.onError?.rule || JSON.stringify(a.config) !== JSON.stringify(b.config);
}

function dropKeys(node: FlowNode, key: 'values' | 'fanIn', ports: Set<string>): void {
  const map = node[key];
  if (map === undefined) return;
  for (const port of Object.keys(map)) if (!ports.has(port)) delete map[port];
  if (Object.keys(map).length === 0) delete node[key];
}

/** A rule for several edges goes with the second last of them; `list` stays, since it makes another value even of one. */
function dropIdleFanIn(before: FlowDocument, draft: FlowDocument): void {
  if (before.edges.length <= draft.edges.length) return;
  for (const [id, node] of Object.entries(draft.nodes)) {
    if (node.fanIn === undefined) continue;
    for (const [port, rule] of Object.entries(node.fanIn)) {
      if (rule === 'list') continue;
      const count = (edges: FlowEdge[]) => edges.filter((edge) => edge.to === `${id}.${port}`).length;
      if (count(draft.edges) < 2 && count(before.edges) >= 2) delete node.fanIn[port];
    }
    if (Object.keys(node.fanIn).length === 0) delete node.fanIn;
  }
}
