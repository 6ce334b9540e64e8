import type { FlowDocument, Placement } from '@patchbay/flow';
import { type Catalogue, portsOf } from '@patchbay/node-kit';
import { isContainer, withInside } from './containers.ts';
import { nodeOf } from './ends.ts';

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}

export const cardWidth = 280;
export const gapX = 80;
export const gapY = 32;
export const grid = 8;
const headHeight = 36;
const lineHeight = 28;
const portHeight = 24;
/** Kept free under a card: its live output grows there when it runs. */
const outputRoom = 96;
/** A container that was never sized. */
export const blankFrame = { width: 640, height: 280 } as const;

/** How high a card is drawn before anything was measured: header, essence, one row per port. */
export function cardHeight(flow: FlowDocument, catalogue: Catalogue, id: string): number {
  const node = nodeOf(flow, id);
  const definition = node && catalogue.get(node.type);
  if (node === undefined || definition === undefined) return headHeight + lineHeight;
  const ports = portsOf(definition, node);
  const rows = Math.max(ports.inputs.length, ports.outputs.length);
  return headHeight + lineHeight + 8 + portHeight * rows + (definition.role === 'annotation' ? 0 : outputRoom);
}

export function boxOf(flow: FlowDocument, catalogue: Catalogue, id: string): Box {
  const place = Object.hasOwn(flow.layout, id) ? (flow.layout[id] as Placement) : { x: 0, y: 0 };
  const blank = isContainer(catalogue, nodeOf(flow, id)) ? blankFrame : { width: cardWidth, height: cardHeight(flow, catalogue, id) };
  return { x: place.x, y: place.y, width: place.width ?? blank.width, height: place.height ?? blank.height };
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + gapY && b.x < a.x + a.width + gapY && a.y < b.y + b.height + gapY && b.y < a.y + a.height + gapY;

/** The wanted place, or the nearest below it where the card covers no other that stands beside it. */
export function freePlace(flow: FlowDocument, catalogue: Catalogue, id: string, wanted: Point): Point {
  const others = Object.keys(flow.nodes)
    .filter((other) => other !== id && nodeOf(flow, other)?.parent === nodeOf(flow, id)?.parent)
    .map((other) => boxOf(flow, catalogue, other));
  const { width, height } = boxOf(flow, catalogue, id);
  const box: Box = { x: snap(wanted.x), y: snap(wanted.y), width, height };
  for (let hit = others.find((other) => overlaps(box, other)); hit !== undefined; hit = others.find((other) => overlaps(box, other))) {
    box.y = snap(hit.y + hit.height + gapY + grid);
  }
  return { x: box.x, y: box.y };
}

export const snap = (value: number): number => Math.round(value / grid) * grid;

export function moveNodes(draft: FlowDocument, places: Readonly<Record<string, Point & { width?: number; height?: number }>>): void {
  for (const [id, { x, y, ...size }] of Object.entries(places)) {
    if (!Object.hasOwn(draft.nodes, id) || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    draft.layout[id] = { ...draft.layout[id], ...size, x: Math.round(x), y: Math.round(y) };
  }
}

/** What stands in a container moves with it. */
export function moveBy(draft: FlowDocument, ids: readonly string[], by: Point): void {
  const places: Record<string, Point> = {};
  for (const id of withInside(draft, ids)) {
    const place = draft.layout[id] ?? { x: 0, y: 0 };
    places[id] = { x: place.x + by.x, y: place.y + by.y };
  }
  moveNodes(draft, places);
}
