import type { FlowDocument, FlowNode } from '@patchbay/flow';
import type { Catalogue, InputPort, OutputPort } from '@patchbay/node-kit';
import { endNode, nodeOf } from './ends.ts';
import { inputAt, outputAt } from './ports.ts';

/**
 * Containers hold other steps by those steps' `parent`. Places in the document are absolute all the same, so that
 * nothing that reads them needs to know of containers.
 */
export const isContainer = (catalogue: Catalogue, node: FlowNode | undefined): boolean =>
  node !== undefined && catalogue.get(node.type)?.role === 'container';

/** The container a step stands in; one that is missing or no container counts as none. */
export function homeOf(flow: FlowDocument, catalogue: Catalogue, id: string): string | undefined {
  const parent = nodeOf(flow, id)?.parent;
  return parent !== undefined && parent !== id && isContainer(catalogue, nodeOf(flow, parent)) ? parent : undefined;
}

/** The containers around a step, innermost first. */
export function homesOf(flow: FlowDocument, catalogue: Catalogue, id: string): string[] {
  const homes: string[] = [];
  for (let home = homeOf(flow, catalogue, id); home !== undefined && !homes.includes(home); home = homeOf(flow, catalogue, home)) {
    homes.push(home);
  }
  return homes;
}

/** The steps with all that stand inside them, at any depth, in the document's order. */
export function withInside(flow: FlowDocument, ids: readonly string[]): string[] {
  const all = new Set(ids);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const [id, node] of Object.entries(flow.nodes)) if (node.parent !== undefined && all.has(node.parent)) all.add(id);
  }
  return all.size === ids.length ? [...ids] : Object.keys(flow.nodes).filter((id) => all.has(id));
}

/** Why a wire may not be, as containers see it. */
export type ScopeFault = 'leaves' | 'inside' | 'outside';

/** May a wire lead from this output to that input, by who stands in whom? */
export function scopeFault(flow: FlowDocument, catalogue: Catalogue, from: string, to: string): ScopeFault | null {
  const output = outputAt(flow, catalogue, from);
  const input = inputAt(flow, catalogue, to);
  return faultOf(flow, catalogue, { node: endNode(from), port: output }, { node: endNode(to), port: input });
}

interface End {
  node: string;
  port: Pick<InputPort | OutputPort, 'inner'> | undefined;
}

export function faultOf(flow: FlowDocument, catalogue: Catalogue, from: End, to: End): ScopeFault | null {
  const around = homesOf(flow, catalogue, to.node);
  if (from.port?.inner === true && !around.includes(from.node)) return 'inside';
  if (from.port?.inner !== true && around.includes(from.node)) return 'outside';
  const home = homeOf(flow, catalogue, from.node);
  if (home !== undefined && home !== to.node && !around.includes(home)) return 'leaves';
  if (to.port?.inner === true) return home === to.node ? null : 'inside';
  return home === to.node ? 'outside' : null;
}

/** Where a value of this output can be used: inside the container for its inner ports, else beside the step. */
export function homeOfOutput(flow: FlowDocument, catalogue: Catalogue, from: string): string | undefined {
  return outputAt(flow, catalogue, from)?.inner === true ? endNode(from) : homeOf(flow, catalogue, endNode(from));
}

export function homeOfInput(flow: FlowDocument, catalogue: Catalogue, to: string): string | undefined {
  return inputAt(flow, catalogue, to)?.inner === true ? endNode(to) : homeOf(flow, catalogue, endNode(to));
}

/** Why steps may not stand in a container (or outside of all). */
export type StayFault = 'wires' | 'end' | 'itself';

/** Puts steps into a container, or out of all; says why not, and then changes nothing. */
export function setHome(draft: FlowDocument, catalogue: Catalogue, ids: readonly string[], home: string | undefined): StayFault | null {
  const inside = withInside(draft, ids);
  if (home !== undefined && inside.includes(home)) return 'itself';
  const before = new Map(ids.map((id) => [id, nodeOf(draft, id)?.parent]));
  for (const id of ids) {
    const node = nodeOf(draft, id);
    const role = catalogue.get(node?.type ?? '')?.role;
    if (home !== undefined && (role === 'flow-input' || role === 'flow-output')) return 'end';
  }
  const put = (id: string, parent: string | undefined) => {
    const node = nodeOf(draft, id);
    if (node === undefined) return;
    if (parent === undefined) delete node.parent;
    else node.parent = parent;
  };
  for (const id of ids) put(id, home);
  const moved = new Set(inside);
  const broken = draft.edges.some(
    ({ from, to }) => (moved.has(endNode(from)) || moved.has(endNode(to))) && scopeFault(draft, catalogue, from, to) !== null,
  );
  if (!broken) return null;
  for (const [id, parent] of before) put(id, parent);
  return 'wires';
}
