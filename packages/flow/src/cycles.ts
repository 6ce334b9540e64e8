/** An arrow of a graph, from one id to another. */
export interface Arrow {
  from: string;
  to: string;
}

/** Arrows out of each node, by id. */
type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * One cycle for each knot of nodes that reach each other: the shortest through the knot's first node,
 * in the order of its arrows. Linear in nodes and arrows, without recursion.
 */
export function findCycles(ids: Iterable<string>, arrows: readonly Arrow[]): string[][] {
  const graph = buildGraph(ids, arrows);
  const order = new Map([...graph.keys()].map((id, index) => [id, index]));
  const place = (id: string): number => order.get(id) ?? 0;
  return findKnots(graph)
    .map((knot) => ({ first: knot.reduce((a, b) => (place(a) <= place(b) ? a : b)), members: new Set(knot) }))
    .filter(({ first, members }) => members.size > 1 || (graph.get(first) ?? []).includes(first))
    .sort((a, b) => place(a.first) - place(b.first))
    .map(({ first, members }) => shortestCycle(graph, first, members));
}

function buildGraph(ids: Iterable<string>, arrows: readonly Arrow[]): Graph {
  const graph = new Map<string, string[]>();
  for (const id of ids) graph.set(id, []);
  for (const { from, to } of arrows) if (graph.has(to)) graph.get(from)?.push(to);
  return graph;
}

/** A node on its way through Tarjan's algorithm. */
interface Visit {
  id: string;
  index: number;
  /** Smallest index known to be reachable. */
  low: number;
  open: boolean;
  turn: number;
}

/** Strongly connected components, by Tarjan's algorithm with a stack of its own. */
function findKnots(graph: Graph): string[][] {
  const visits = new Map<string, Visit>();
  const open: Visit[] = [];
  const knots: string[][] = [];
  const enter = (id: string): Visit => {
    const visit: Visit = { id, index: visits.size, low: visits.size, open: true, turn: 0 };
    visits.set(id, visit);
    open.push(visit);
    return visit;
  };
  for (const root of graph.keys()) {
    if (visits.has(root)) continue;
    const path = [enter(root)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const target = graph.get(visit.id)?.[visit.turn];
      visit.turn += 1;
      if (target === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) above.low = Math.min(above.low, visit.low);
        if (visit.low === visit.index) knots.push(closeKnot(open, visit));
        continue;
      }
      const seen = visits.get(target);
      if (seen === undefined) path.push(enter(target));
      else if (seen.open) visit.low = Math.min(visit.low, seen.index);
    }
  }
  return knots;
}

function closeKnot(open: Visit[], root: Visit): string[] {
  const members = open.splice(open.lastIndexOf(root));
  for (const member of members) member.open = false;
  return members.map((member) => member.id);
}

function shortestCycle(graph: Graph, first: string, members: ReadonlySet<string>): string[] {
  const before = new Map<string, string>();
  const queue = [first];
  for (let head = 0; head < queue.length; head += 1) {
    const id = queue[head] as string;
    for (const target of graph.get(id) ?? []) {
      if (target === first) return pathTo(id, before);
      if (!members.has(target) || before.has(target)) continue;
      before.set(target, id);
      queue.push(target);
    }
  }
  return [first];
}

function pathTo(last: string, before: ReadonlyMap<string, string>): string[] {
  const path = [last];
  for (let id = before.get(last); id !== undefined; id = before.get(id)) path.push(id);
  return path.reverse();
}
