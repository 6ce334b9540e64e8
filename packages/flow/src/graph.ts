import { findCycles } from './cycles.ts';
import type { FlowDocument, FlowEdge } from './document.ts';
import { splitEnd } from './ends.ts';
import { type Problem, pointerStep } from './problem.ts';

export type GraphCode =
  | 'edge_from_nowhere'
  | 'edge_to_nowhere'
  | 'duplicate_edge'
  | 'cycle'
  | 'parent_missing'
  | 'parent_cycle'
  | 'edge_leaves_container'
  | 'layout_of_nothing';

/** Nodes named in the sentence about a cycle; longer ones end in dots. */
const namedInCycle = 8;

/**
 * What is wrong between the parts of a document whose shape is right, all of it, in linear time.
 * Node types, ports and value types are judged by node-kit's `checkFlow`, which begins with this.
 */
export function checkGraph(flow: FlowDocument): Problem<GraphCode>[] {
  const problems: Problem<GraphCode>[] = [];
  const parents = checkParents(flow, problems);
  const arrows = checkEdges(flow, parents, problems);
  for (const cycle of findCycles(Object.keys(flow.nodes), arrows)) problems.push(cycleProblem(cycle));
  for (const id of Object.keys(flow.layout)) {
    if (!Object.hasOwn(flow.nodes, id)) {
      problems.push({ code: 'layout_of_nothing', severity: 'warning', pointer: `/layout/${pointerStep(id)}`, params: { node: id } });
    }
  }
  return problems;
}

function cycleProblem(cycle: readonly string[]): Problem<GraphCode> {
  const [first = ''] = cycle;
  const named = cycle.slice(0, namedInCycle);
  const names = [...named, ...(cycle.length > named.length ? ['…'] : []), first].join(' → ');
  return {
    code: 'cycle',
    severity: 'error',
    pointer: `/nodes/${pointerStep(first)}`,
    node: first,
    params: { nodes: names, count: cycle.length },
  };
}

/** The container of each node, by id; nodes whose chain of parents is broken stand at the top. */
type Parents = ReadonlyMap<string, string>;

function checkParents(flow: FlowDocument, problems: Problem<GraphCode>[]): Parents {
  const parents = new Map<string, string>();
  for (const [id, { parent }] of Object.entries(flow.nodes)) {
    if (parent === undefined) continue;
    if (Object.hasOwn(flow.nodes, parent)) parents.set(id, parent);
    else problems.push(parentProblem('parent_missing', id, { parent }));
  }
  const arrows = [...parents].map(([from, to]) => ({ from, to }));
  for (const cycle of findCycles(parents.keys(), arrows)) {
    problems.push(parentProblem('parent_cycle', cycle[0] ?? '', { nodes: cycle.slice(0, namedInCycle).join(' → ') }));
    for (const id of cycle) parents.delete(id);
  }
  return parents;
}

function parentProblem(code: GraphCode, node: string, params: Problem['params']): Problem<GraphCode> {
  return { code, severity: 'error', pointer: `/nodes/${pointerStep(node)}/parent`, node, params };
}

function checkEdges(flow: FlowDocument, parents: Parents, problems: Problem<GraphCode>[]): FlowEdge[] {
  const arrows: FlowEdge[] = [];
  const seen = new Map<string, number>();
  const within = containment(flow, parents);
  for (const [index, edge] of flow.edges.entries()) {
    const from = splitEnd(edge.from);
    const to = splitEnd(edge.to);
    const problem = (code: GraphCode, end: 'from' | 'to', node: string, params: Problem['params'] = {}): void => {
      problems.push({
        code,
        severity: 'error',
        pointer: `/edges/${index}/${end}`,
        edge: index,
        node,
        params: { from: edge.from, to: edge.to, ...params },
      });
    };
    const hasFrom = Object.hasOwn(flow.nodes, from.node);
    const hasTo = Object.hasOwn(flow.nodes, to.node);
    if (!hasFrom) problem('edge_from_nowhere', 'from', from.node, { node: from.node });
    if (!hasTo) problem('edge_to_nowhere', 'to', to.node, { node: to.node });
    const key = `${edge.from}>${edge.to}`;
    const before = seen.get(key);
    if (before !== undefined) problem('duplicate_edge', 'to', to.node, { first: before });
    else seen.set(key, index);
    if (!hasFrom || !hasTo || before !== undefined) continue;
    const container = parents.get(from.node);
    if (container === undefined || within(to.node, container)) arrows.push(...arrowOf(from.node, to.node, parents));
    // The result of a container's inside goes back to the container itself: no cycle, and no way out past it.
    else if (to.node !== container) problem('edge_leaves_container', 'to', from.node, { node: from.node, container });
  }
  return arrows;
}

/**
 * Who waits for whom. A wire into a container makes the container wait, since its steps cannot start before it does.
 * A wire from a container to a step inside it makes nobody wait: both begin together.
 */
function arrowOf(from: string, to: string, parents: Parents): FlowEdge[] {
  const level = parents.get(from);
  let waits = to;
  while (parents.get(waits) !== level) waits = parents.get(waits) ?? '';
  return waits === from && to !== from ? [] : [{ from, to: waits }];
}

/** Whether a node stands inside a container, at any depth: one walk numbers the tree, each question is then one comparison. */
function containment(flow: FlowDocument, parents: Parents): (node: string, container: string) => boolean {
  if (parents.size === 0) return () => false;
  const children = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [id]);
    else siblings.push(id);
  }
  const span = new Map<string, { enter: number; leave: number }>();
  let clock = 0;
  const stack = Object.keys(flow.nodes)
    .filter((id) => !parents.has(id))
    .map((id) => ({ id, left: false }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const open = span.get(top.id);
    if (top.left && open !== undefined) {
      open.leave = clock;
      continue;
    }
    clock += 1;
    span.set(top.id, { enter: clock, leave: clock });
    stack.push({ id: top.id, left: true });
    for (const child of children.get(top.id) ?? []) stack.push({ id: child, left: false });
  }
  return (node, container) => {
    const inner = span.get(node);
    const outer = span.get(container);
    return inner !== undefined && outer !== undefined && inner.enter > outer.enter && inner.enter <= outer.leave;
  };
}
