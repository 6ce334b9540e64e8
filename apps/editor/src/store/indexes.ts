import type { FlowEdge, Problem } from '@patchbay/flow';
import { endNode } from './edits/ends.ts';

/** Lookups computed once per edge list and problem list, so that a card's question costs nothing. */
export interface EdgeIndex {
  into: ReadonlyMap<string, readonly FlowEdge[]>;
  outOf: ReadonlyMap<string, readonly FlowEdge[]>;
  /** By node: the wires that come to it and that leave it. */
  toNode: ReadonlyMap<string, readonly FlowEdge[]>;
  fromNode: ReadonlyMap<string, readonly FlowEdge[]>;
}

const edgeIndexes = new WeakMap<readonly FlowEdge[], EdgeIndex>();
const problemIndexes = new WeakMap<readonly Problem[], ReadonlyMap<string, readonly Problem[]>>();
export const noEdges: readonly FlowEdge[] = [];
export const noProblems: readonly Problem[] = [];

export function edgeIndex(edges: readonly FlowEdge[]): EdgeIndex {
  let index = edgeIndexes.get(edges);
  if (index === undefined) {
    index = {
      into: group(edges, (edge) => edge.to),
      outOf: group(edges, (edge) => edge.from),
      toNode: group(edges, (edge) => endNode(edge.to)),
      fromNode: group(edges, (edge) => endNode(edge.from)),
    };
    edgeIndexes.set(edges, index);
  }
  return index;
}

export function problemsOf(problems: readonly Problem[], node: string): readonly Problem[] {
  let index = problemIndexes.get(problems);
  if (index === undefined) {
    index = group(problems, (problem) => problem.node ?? '');
    problemIndexes.set(problems, index);
  }
  return index.get(node) ?? noProblems;
}

function group<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const map = new Map<string, Item[]>();
  for (const item of items) {
    const list = map.get(key(item));
    if (list === undefined) map.set(key(item), [item]);
    else list.push(item);
  }
  return map;
}
