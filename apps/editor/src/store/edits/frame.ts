import type { FlowDocument } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { homesOf, isContainer, withInside } from './containers.ts';
import { nodeOf } from './ends.ts';
import { type Box, boxOf, grid, type Point, snap } from './place.ts';

/** What a container keeps free around the steps in it: its header and outer ports above, its inner ports at the sides. */
export const frameInset = { top: 120, side: 160, bottom: 40 } as const;
export const leastFrame = { width: 480, height: 240 } as const;

/** Where the first step in an empty container stands. */
export const firstInside = ({ x, y }: Point): Point => ({ x: x + frameInset.side, y: y + frameInset.top });

/** The box around steps; undefined where there are none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** A container that goes round a box, with its room kept free. */
export function frameAround(inside: Box): Box {
  return {
    x: snap(inside.x - frameInset.side),
    y: snap(inside.y - frameInset.top),
    width: Math.max(leastFrame.width, Math.ceil((inside.width + 2 * frameInset.side) / grid) * grid),
    height: Math.max(leastFrame.height, Math.ceil((inside.height + frameInset.top + frameInset.bottom) / grid) * grid),
  };
}

/** Makes the containers around these steps large enough for what stands in them; none becomes smaller. */
export function growAround(draft: FlowDocument, catalogue: Catalogue, ids: readonly string[]): void {
  const homes = [...new Set(ids.flatMap((id) => homesOf(draft, catalogue, id)))];
  // Innermost first: an outer one goes round what an inner one has become.
  for (const home of homes.sort((a, b) => homesOf(draft, catalogue, b).length - homesOf(draft, catalogue, a).length)) {
    const needed = neededFrame(draft, catalogue, home);
    const box = boxOf(draft, catalogue, home);
    if (needed === undefined) continue;
    const x = Math.min(box.x, needed.x);
    const y = Math.min(box.y, needed.y);
    const width = Math.max(box.x + box.width, needed.x + needed.width) - x;
    const height = Math.max(box.y + box.height, needed.y + needed.height) - y;
    setFrame(draft, home, { x, y, width, height });
  }
}

/** Makes a container as large as what stands in it needs, and no larger. */
export function fitFrame(draft: FlowDocument, catalogue: Catalogue, container: string): void {
  const needed = neededFrame(draft, catalogue, container);
  const { x, y } = boxOf(draft, catalogue, container);
  setFrame(draft, container, needed ?? { x, y, ...leastFrame });
  growAround(draft, catalogue, [container]);
}

export function setFrame(draft: FlowDocument, container: string, { x, y, width, height }: Box): void {
  draft.layout[container] = {
    ...draft.layout[container],
    x: Math.round(x),
    y: Math.round(y),
    width: Math.round(Math.max(leastFrame.width, width)),
    height: Math.round(Math.max(leastFrame.height, height)),
  };
}

function neededFrame(flow: FlowDocument, catalogue: Catalogue, container: string): Box | undefined {
  const children = Object.keys(flow.nodes).filter((id) => nodeOf(flow, id)?.parent === container);
  const inside = boxAround(children.map((id) => boxOf(flow, catalogue, id)));
  return inside && frameAround(inside);
}

/** The innermost container under a point, other than these steps and what stands in them. */
export function containerAt(flow: FlowDocument, catalogue: Catalogue, point: Point, without: readonly string[] = []): string | undefined {
  const own = new Set(withInside(flow, without));
  const hits = Object.keys(flow.nodes).filter((id) => {
    if (own.has(id) || !isContainer(catalogue, nodeOf(flow, id))) return false;
    const box = boxOf(flow, catalogue, id);
    return point.x >= box.x && point.x <= box.x + box.width && point.y >= box.y && point.y <= box.y + box.height;
  });
  return hits.sort((a, b) => homesOf(flow, catalogue, b).length - homesOf(flow, catalogue, a).length)[0];
}
