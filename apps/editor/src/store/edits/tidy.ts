import type { FlowDocument } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { homeOf, homesOf, isContainer, withInside } from './containers.ts';
import { endNode, nodeOf } from './ends.ts';
import { boxAround, frameAround, frameInset } from './frame.ts';
import { type Box, boxOf, gapX, gapY, type Point, snap } from './place.ts';

export type Sizes = ReadonlyMap<string, { width: number; height: number }>;
export type TidyPlaces = Record<string, Point & { width?: number; height?: number }>;

/**
 * Places for the whole flow or some of it, left to right along the wires; what stands in a container first, so that it is
 * as large as its inside. The layout library is loaded on first use.
 */
export async function tidyPlaces(flow: FlowDocument, catalogue: Catalogue, ids: readonly string[], sizes: Sizes): Promise<TidyPlaces> {
  const dagre = await import('@dagrejs/dagre');
  const all = withInside(flow, ids);
  const boxes = new Map(
    all.map((id): [string, Box] => {
      const box = boxOf(flow, catalogue, id);
      return [id, isContainer(catalogue, nodeOf(flow, id)) ? box : { ...box, height: Math.max(box.height, sizes.get(id)?.height ?? 0) }];
    }),
  );
  const places: TidyPlaces = {};
  const chosen = new Set(all);
  const homes = all.filter((id) => isContainer(catalogue, nodeOf(flow, id)));
  const depth = (id: string) => homesOf(flow, catalogue, id).length;
  for (const home of homes.sort((a, b) => depth(b) - depth(a))) {
    const children = all.filter((id) => homeOf(flow, catalogue, id) === home);
    const before = boxOf(flow, catalogue, home);
    Object.assign(places, arrange(dagre, flow, children, boxes, { x: before.x + frameInset.side, y: before.y + frameInset.top }));
    const inside = boxAround(children.map((id) => ({ ...(boxes.get(id) as Box), ...places[id] })));
    if (inside !== undefined) boxes.set(home, { ...frameAround(inside), x: before.x, y: before.y });
  }
  const top = all.filter((id) => !chosen.has(homeOf(flow, catalogue, id) ?? ''));
  Object.assign(places, arrange(dagre, flow, top, boxes));
  return withFrames(flow, catalogue, homes, boxes, places);
}

/** Moves what stands in a container to where the container has come to stand, outermost first. */
function withFrames(
  flow: FlowDocument,
  catalogue: Catalogue,
  homes: readonly string[],
  boxes: ReadonlyMap<string, Box>,
  places: TidyPlaces,
) {
  for (const home of homes.toReversed()) {
    const box = boxes.get(home);
    const place = places[home];
    if (box === undefined || place === undefined) continue;
    const old = boxOf(flow, catalogue, home);
    for (const id of withInside(flow, [home])) {
      const inner = places[id];
      if (id !== home && inner !== undefined) places[id] = { ...inner, x: inner.x + place.x - old.x, y: inner.y + place.y - old.y };
    }
    places[home] = { ...place, width: box.width, height: box.height };
  }
  return places;
}

/** Places of some steps by the wires among them; what stands in one counts as the one itself. */
function arrange(
  { Graph, layout }: typeof import('@dagrejs/dagre'),
  flow: FlowDocument,
  ids: readonly string[],
  boxes: ReadonlyMap<string, Box>,
  corner?: Point,
): Record<string, Point> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', ranksep: gapX, nodesep: gapY });
  graph.setDefaultEdgeLabel(() => ({}));
  const own = new Map(ids.flatMap((id) => withInside(flow, [id]).map((inner) => [inner, id] as const)));
  const here = ids.map((id) => [id, boxes.get(id) as Box] as const);
  // Given from top to bottom, so that what stands above stays above where the wires allow it.
  for (const [id, box] of here.toSorted((a, b) => a[1].y - b[1].y)) graph.setNode(id, { width: box.width, height: box.height });
  for (const edge of flow.edges) {
    const [from, to] = [own.get(endNode(edge.from)), own.get(endNode(edge.to))];
    if (from !== undefined && to !== undefined && from !== to) graph.setEdge(from, to);
  }
  layout(graph);
  const places: Record<string, Point> = {};
  for (const [id, box] of here) {
    const node = graph.node(id);
    places[id] = { x: (node.x ?? 0) - box.width / 2, y: (node.y ?? 0) - box.height / 2 };
  }
  return anchored(places, corner === undefined ? here.map(([, box]) => box) : [corner]);
}

/** The same picture where it stood: its top left corner does not move. */
function anchored(places: Record<string, Point>, boxes: readonly Point[]): Record<string, Point> {
  const least = (points: readonly Point[], axis: 'x' | 'y') => Math.min(...points.map((point) => point[axis]));
  const fresh = Object.values(places);
  if (fresh.length === 0) return places;
  const by = { x: least(boxes, 'x') - least(fresh, 'x'), y: least(boxes, 'y') - least(fresh, 'y') };
  return Object.fromEntries(Object.entries(places).map(([id, point]) => [id, { x: snap(point.x + by.x), y: snap(point.y + by.y) }]));
}
