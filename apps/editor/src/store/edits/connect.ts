import type { FanInRule, FlowDocument } from '@patchbay/flow';
import { type Catalogue, type Conversion, conversion, type PortType } from '@patchbay/node-kit';
import { type ScopeFault, scopeFault } from './containers.ts';
import { endNode, endPort, joinEnd, nodeOf } from './ends.ts';
import { fanInOf, inputAt, outputAt, portsNow } from './ports.ts';

/** May this wire be? `taken` means yes, after a person says what several wires at one port shall do. */
export type Verdict =
  | { kind: 'fine'; conversion: Conversion }
  | { kind: 'taken'; conversion: Conversion }
  | { kind: 'exists' }
  | { kind: 'refused'; reason: 'types'; fromType: PortType; toType: PortType }
  | { kind: 'refused'; reason: 'cycle' | 'self' | 'missing' | ScopeFault };

export type FanInChoice = 'replace' | FanInRule;

export function judgeConnection(flow: FlowDocument, catalogue: Catalogue, from: string, to: string): Verdict {
  const output = outputAt(flow, catalogue, from);
  const input = inputAt(flow, catalogue, to);
  const target = nodeOf(flow, endNode(to));
  if (output === undefined || input === undefined || target === undefined) return { kind: 'refused', reason: 'missing' };
  if (endNode(from) === endNode(to)) return { kind: 'refused', reason: 'self' };
  if (flow.edges.some((edge) => edge.from === from && edge.to === to)) return { kind: 'exists' };
  const fault = scopeFault(flow, catalogue, from, to);
  if (fault !== null) return { kind: 'refused', reason: fault };
  const rule = conversion(output.type, input.type);
  if (rule === null) return { kind: 'refused', reason: 'types', fromType: output.type, toType: input.type };
  if (circles(flow, endNode(from), endNode(to))) return { kind: 'refused', reason: 'cycle' };
  const taken = flow.edges.some((edge) => edge.to === to) && fanInOf(target, input) === undefined;
  return { kind: taken ? 'taken' : 'fine', conversion: rule };
}

/** Adds the wire. At a port that has one already, `choice` says what happens to it. */
export function connect(draft: FlowDocument, from: string, to: string, choice?: FanInChoice): void {
  if (choice === 'replace') draft.edges = draft.edges.filter((edge) => edge.to !== to);
  if (draft.edges.some((edge) => edge.from === from && edge.to === to)) return;
  draft.edges.push({ from, to });
  const node = nodeOf(draft, endNode(to));
  if (node === undefined) return;
  if (choice !== undefined && choice !== 'replace') node.fanIn = { ...node.fanIn, [endPort(to)]: choice };
  // A literal gives way to the wire.
  if (node.values !== undefined) {
    delete node.values[endPort(to)];
    if (Object.keys(node.values).length === 0) delete node.values;
  }
}

export function disconnect(draft: FlowDocument, edges: readonly { from: string; to: string }[]): void {
  const keys = new Set(edges.map((edge) => `${edge.from}>${edge.to}`));
  draft.edges = draft.edges.filter((edge) => !keys.has(`${edge.from}>${edge.to}`));
}

/** Would a wire from one node to another lead round in a circle? What passes between a container and its inside does not. */
export function circles(flow: FlowDocument, from: string, to: string): boolean {
  const waits = waiting(flow, from, to);
  return waits !== undefined && (waits === from || reaches(flow, waits, from));
}

/** Who waits for a wire: the container at the level of its source, where it leads into one; nobody for a container's own. */
function waiting(flow: FlowDocument, from: string, to: string): string | undefined {
  const level = nodeOf(flow, from)?.parent;
  if (to === level) return undefined;
  let waits: string | undefined = to;
  for (let steps = Object.keys(flow.nodes).length; waits !== undefined && steps > 0; steps -= 1) {
    const parent: string | undefined = nodeOf(flow, waits)?.parent;
    if (parent === level) return waits === from ? undefined : waits;
    waits = parent;
  }
  return to;
}

/** Does a way along the wires lead from one node to another, the one waiting for the other? */
export function reaches(flow: FlowDocument, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const edge of flow.edges) {
    const waits = waiting(flow, endNode(edge.from), endNode(edge.to));
    if (waits === undefined) continue;
    const list = next.get(endNode(edge.from));
    if (list === undefined) next.set(endNode(edge.from), [waits]);
    else list.push(waits);
  }
  const seen = new Set([from]);
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true;
    for (const other of next.get(node) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return false;
}

/** All nodes whose outputs may come to a node: what its chips can stand for. */
export function ancestorsOf(flow: FlowDocument, id: string): string[] {
  const seen = new Set<string>();
  const open = [id];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const edge of flow.edges) {
      const source = endNode(edge.from);
      if (endNode(edge.to) !== node || seen.has(source)) continue;
      seen.add(source);
      open.push(source);
    }
  }
  return Object.keys(flow.nodes).filter((other) => seen.has(other) && other !== id);
}

/** Every output a wire to this node may start from: all nodes it does not lead to. */
export function possibleSources(flow: FlowDocument, catalogue: Catalogue, id: string): string[] {
  return Object.entries(flow.nodes).flatMap(([other, node]) =>
    other === id || circles(flow, other, id) ? [] : (portsNow(catalogue, node)?.outputs ?? []).map((port) => joinEnd(other, port.id)),
  );
}
