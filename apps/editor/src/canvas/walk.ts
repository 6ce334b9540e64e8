import type { FlowDocument } from '@patchbay/flow';
import { endNode } from '../store/edits/ends.ts';
import { edgeIndex, noEdges } from '../store/indexes.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where an arrow key leads: along a wire first, else to the nearest card that way. */
export function walk(flow: FlowDocument, from: string, direction: Direction): string | undefined {
  const along = wired(flow, from, direction);
  return along.length > 0 ? nearestOf(flow, from, along) : nearestThatWay(flow, from, direction);
}

function wired(flow: FlowDocument, from: string, direction: Direction): string[] {
  const { fromNode, toNode } = edgeIndex(flow.edges);
  if (direction === 'right') return (fromNode.get(from) ?? noEdges).map((edge) => endNode(edge.to));
  if (direction === 'left') return (toNode.get(from) ?? noEdges).map((edge) => endNode(edge.from));
  return [];
}

const place = (flow: FlowDocument, id: string) => (Object.hasOwn(flow.layout, id) ? flow.layout[id] : undefined) ?? { x: 0, y: 0 };

function nearestOf(flow: FlowDocument, from: string, ids: readonly string[]): string | undefined {
  const { y } = place(flow, from);
  return [...ids].sort((a, b) => Math.abs(place(flow, a).y - y) - Math.abs(place(flow, b).y - y))[0];
}

function nearestThatWay(flow: FlowDocument, from: string, direction: Direction): string | undefined {
  const own = place(flow, from);
  const sideways = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const scored = Object.keys(flow.nodes).flatMap((id) => {
    const { x, y } = place(flow, id);
    const ahead = (sideways ? x - own.x : y - own.y) * sign;
    const aside = Math.abs(sideways ? y - own.y : x - own.x);
    return id === from || ahead <= 0 || aside > ahead * 3 + 400 ? [] : [{ id, score: ahead + aside * 2 }];
  });
  return scored.sort((a, b) => a.score - b.score)[0]?.id;
}
