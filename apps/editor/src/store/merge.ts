import type { FlowDocument, FlowEdge } from '@patchbay/flow';
import { applyRecords, diffRecords, same } from './records.ts';
import { edgeKey } from './types.ts';

/**
 * Two drafts made from the same base as one, when no record was changed in both; else null and a person decides.
 * Edges are merged one by one: what either side added or removed holds.
 */
export function mergeFlows(base: FlowDocument, mine: FlowDocument, theirs: FlowDocument): FlowDocument | null {
  const ours = new Map(diffRecords(base, mine).changes.map((change) => [change.key, change]));
  const others = diffRecords(base, theirs).changes.filter((change) => !change.key.startsWith('order:'));
  const apart = others.filter((change) => change.key !== 'edges');
  for (const change of apart) {
    const own = ours.get(change.key);
    if (own !== undefined && !same(own.after, change.after)) return null;
  }
  const merged = applyRecords(mine, apart, 'after');
  const edges = mergeEdges(base.edges, mine.edges, theirs.edges);
  const whole = edges.every((edge) => [edge.from, edge.to].every((end) => Object.hasOwn(merged.nodes, end.slice(0, end.indexOf('.')))));
  return whole ? { ...merged, edges } : null;
}

function mergeEdges(base: FlowEdge[], mine: FlowEdge[], theirs: FlowEdge[]): FlowEdge[] {
  const keys = (edges: FlowEdge[]) => new Set(edges.map(edgeKey));
  const [inBase, inMine, inTheirs] = [keys(base), keys(mine), keys(theirs)];
  const kept = mine.filter((edge) => inTheirs.has(edgeKey(edge)) || !inBase.has(edgeKey(edge)));
  return [...kept, ...theirs.filter((edge) => !inBase.has(edgeKey(edge)) && !inMine.has(edgeKey(edge)))];
}
