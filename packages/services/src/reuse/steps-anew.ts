import { type FlowDocument, type FlowNode, splitEnd } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';

/** Containers whose turns follow from the turn before: nothing in them can be done anew without the rest. */
const feedsBack = (node: FlowNode | undefined): boolean => node?.type === 'repeat';

interface Graph {
  flow: FlowDocument;
  isContainer(id: string): boolean;
  /** The steps that read an output, by the step it belongs to. */
  readers: ReadonlyMap<string, readonly string[]>;
  inside: ReadonlyMap<string, readonly string[]>;
}

/** A step with all that follows from it: its readers and theirs, what stands in them, and the containers around them. */
export function stepsFrom(flow: FlowDocument, catalogue: Catalogue, from: string): Set<string> {
  const graph = graphOf(flow, catalogue);
  const found = new Set<string>();
  /** Containers that are executed again for what stands in them, not with all of it. */
  const opened = new Set<string>();

  function whole(id: string): void {
    if (found.has(id) && !opened.has(id)) return;
    const before = opened.delete(id);
    found.add(id);
    for (const inner of graph.inside.get(id) ?? []) whole(inner);
    // What reads it from outside has been found when it was opened.
    if (!before) follow(id);
  }
  function follow(id: string): void {
    for (const reader of graph.readers.get(id) ?? []) if (!isAround(flow, id, reader)) reach(id, reader);
    for (let { parent } = nodeOf(flow, id); parent !== undefined; { parent } = nodeOf(flow, parent)) open(parent);
  }
  function reach(id: string, reader: string): void {
    if (graph.isContainer(id) && isAround(flow, reader, id)) return;
    whole(reader);
  }
  function open(container: string): void {
    if (found.has(container)) return;
    if (feedsBack(flow.nodes[container])) {
      whole(container);
      return;
    }
    found.add(container);
    opened.add(container);
    follow(container);
  }
  whole(from);
  return found;
}

/** Steps asked for by name, with what stands in them, the containers they stand in, and what only passes values on. */
export function stepsOnly(flow: FlowDocument, catalogue: Catalogue, only: readonly string[]): Set<string> {
  const graph = graphOf(flow, catalogue);
  const found = new Set<string>();
  const whole = new Set<string>();
  const add = (id: string): void => {
    if (whole.has(id)) return;
    whole.add(id);
    found.add(id);
    for (const inner of graph.inside.get(id) ?? []) add(inner);
  };
  for (const id of only) {
    add(id);
    for (let { parent } = nodeOf(flow, id); parent !== undefined; { parent } = nodeOf(flow, parent)) {
      if (feedsBack(flow.nodes[parent])) add(parent);
      else found.add(parent);
    }
  }
  for (const [id, { bypass }] of Object.entries(flow.nodes)) if (bypass === true) found.add(id);
  return found;
}

const nodeOf = (flow: FlowDocument, id: string): Pick<FlowNode, 'parent'> =>
  (Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined) ?? {};

/** Whether `container` is one of those that `id` stands in. */
function isAround(flow: FlowDocument, id: string, container: string): boolean {
  for (let { parent } = nodeOf(flow, id); parent !== undefined; { parent } = nodeOf(flow, parent)) if (parent === container) return true;
  return false;
}

function graphOf(flow: FlowDocument, catalogue: Catalogue): Graph {
  const readers = new Map<string, string[]>();
  for (const { from, to } of flow.edges) {
    const source = splitEnd(from).node;
    readers.set(source, [...(readers.get(source) ?? []), splitEnd(to).node]);
  }
  const inside = new Map<string, string[]>();
  for (const [id, { parent }] of Object.entries(flow.nodes)) {
    if (parent !== undefined) inside.set(parent, [...(inside.get(parent) ?? []), id]);
  }
  return { flow, readers, inside, isContainer: (id) => catalogue.get(flow.nodes[id]?.type ?? '')?.role === 'container' };
}
