import type { FlowDocument } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { endNode } from './ends.ts';
import { boxOf, gapX, gapY, type Point, snap } from './place.ts';

export type Sizes = ReadonlyMap<string, { width: number; height: number }>;

/** Places for the whole flow or some of it, left to right along the wires. The layout library is loaded on first use. */
export async function tidyPlaces(
  flow: FlowDocument,
  catalogue: Catalogue,
  ids: readonly string[],
  sizes: Sizes,
): Promise<Record<string, Point>> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const chosen = new Set(ids);
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', ranksep: gapX, nodesep: gapY });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map(
    ids.map((id) => {
      const box = boxOf(flow, catalogue, id);
      return [id, { ...box, height: Math.max(box.height, sizes.get(id)?.height ?? 0) }];
    }),
  );
  // Given from top to bottom, so that what stands above stays above where the wires allow it.
  for (const [id, box] of [...boxes].sort((a, b) => a[1].y - b[1].y)) graph.setNode(id, { width: box.width, height: box.height });
  for (const edge of flow.edges) {
    const [from, to] = [endNode(edge.from), endNode(edge.to)];
    if (chosen.has(from) && chosen.has(to) && from !== to) graph.setEdge(from, to);
  }
  layout(graph);
  const places: Record<string, Point> = {};
  for (const [id, box] of boxes) {
    const node = graph.node(id);
    places[id] = { x: (node.x ?? 0) - box.width / 2, y: (node.y ?? 0) - box.height / 2 };
  }
  return anchored(places, [...boxes.values()]);
}

/** The same picture where it stood: its top left corner does not move. */
function anchored(places: Record<string, Point>, boxes: readonly Point[]): Record<string, Point> {
  const least = (points: readonly Point[], axis: 'x' | 'y') => Math.min(...points.map((point) => point[axis]));
  const fresh = Object.values(places);
  if (fresh.length === 0) return places;
  const by = { x: least(boxes, 'x') - least(fresh, 'x'), y: least(boxes, 'y') - least(fresh, 'y') };
  return Object.fromEntries(Object.entries(places).map(([id, point]) => [id, { x: snap(point.x + by.x), y: snap(point.y + by.y) }]));
}
