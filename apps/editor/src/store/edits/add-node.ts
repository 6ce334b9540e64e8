import type { FlowDocument, FlowEdge, FlowNode, Json } from '@patchbay/flow';
import { type Catalogue, conversion } from '@patchbay/node-kit';
import { connect, reaches } from './connect.ts';
import { homeOf, homeOfInput, homeOfOutput, homesOf, isContainer } from './containers.ts';
import { endNode, joinEnd, nodeOf } from './ends.ts';
import { containerAt, firstInside, growAround } from './frame.ts';
import { freeNodeId } from './ids.ts';
import { boxOf, cardWidth, freePlace, gapX, moveBy, type Point } from './place.ts';
import { inputAt, outputAt, portsNow } from './ports.ts';
import { bestSource, connectToNode } from './targets.ts';

export interface NewNode {
  type: string;
  /** Top left corner; absent: right of `after`, else right of everything. */
  at?: Point;
  /** Wire it after this node where something fits, and stand beside it. */
  after?: string | undefined;
  /** Wire this output to it. */
  from?: string | undefined;
  /** Wire it to this input. */
  to?: string | undefined;
  config?: Record<string, Json>;
  title?: string;
}

/** Places a new node where it covers no other, wires it as asked, and says its id. */
export function addNode(draft: FlowDocument, catalogue: Catalogue, wish: NewNode): string {
  const id = freeNodeId(draft, wish.type);
  const version = catalogue.get(wish.type)?.version ?? 1;
  const node: FlowNode = { type: wish.type, config: structuredClone(wish.config ?? {}) };
  if (version > 1) node.v = version;
  if (wish.title !== undefined) node.title = wish.title;
  const home = homeFor(draft, catalogue, wish);
  if (home !== undefined) node.parent = home;
  draft.nodes[id] = node;
  if (wish.from !== undefined) connectToNode(draft, catalogue, wish.from, id);
  else if (wish.after !== undefined) connectAfter(draft, catalogue, wish.after, id);
  if (wish.to !== undefined) connectBefore(draft, catalogue, wish.to, id);
  const place = freePlace(
    draft,
    catalogue,
    id,
    wish.at ?? besides(draft, catalogue, home, wish.after ?? (wish.from && endNode(wish.from))),
  );
  draft.layout[id] = place;
  if (home !== undefined) {
    connectResult(draft, catalogue, home, id);
    growAround(draft, catalogue, [id]);
  }
  return id;
}

/**
 * The container a new step comes to stand in: where its wire can be; within that, where it is put; the container it is
 * added after, or that of the step it is added after. The ends of a flow stand outside of all.
 */
function homeFor(draft: FlowDocument, catalogue: Catalogue, { type, at, after, from, to }: NewNode): string | undefined {
  const role = catalogue.get(type)?.role;
  if (role === 'flow-input' || role === 'flow-output') return undefined;
  const wired =
    from !== undefined ? homeOfOutput(draft, catalogue, from) : to !== undefined ? homeOfInput(draft, catalogue, to) : undefined;
  const put = at && containerAt(draft, catalogue, at);
  const within = (id: string) => wired === undefined || id === wired || homesOf(draft, catalogue, id).includes(wired);
  if (put !== undefined && to === undefined && within(put)) return put;
  if (from !== undefined || to !== undefined || at !== undefined || after === undefined) return wired;
  return isContainer(catalogue, nodeOf(draft, after)) ? after : homeOf(draft, catalogue, after);
}

/** A container whose result nobody gives yet takes it from the step that is added. */
function connectResult(draft: FlowDocument, catalogue: Catalogue, home: string, id: string): void {
  const result = portsNow(catalogue, nodeOf(draft, home))?.inputs.find((port) => port.inner === true && port.required);
  if (result === undefined) return;
  const to = joinEnd(home, result.id);
  const first = portsNow(catalogue, nodeOf(draft, id))?.outputs[0];
  const given = draft.edges.some((edge) => edge.to === to || endNode(edge.from) === id);
  if (!given && first !== undefined) connect(draft, joinEnd(id, first.id), to);
}

/** The first output of `after` that has somewhere to go; one that is not used yet is tried first. */
function connectAfter(draft: FlowDocument, catalogue: Catalogue, after: string, id: string): void {
  const used = new Set(draft.edges.map((edge) => edge.from));
  const ends = (portsNow(catalogue, nodeOf(draft, after))?.outputs ?? []).map((port) => joinEnd(after, port.id));
  ends.sort((a, b) => Number(used.has(a)) - Number(used.has(b)));
  for (const from of ends) if (connectToNode(draft, catalogue, from, id)) return;
}

function connectBefore(draft: FlowDocument, catalogue: Catalogue, to: string, id: string): void {
  const from = bestSource(draft, catalogue, to, id);
  if (from !== null) connect(draft, from, to, draft.edges.some((edge) => edge.to === to) ? 'replace' : undefined);
}

function besides(draft: FlowDocument, catalogue: Catalogue, home: string | undefined, after: string | undefined): Point {
  if (home !== undefined && (after === undefined || after === home)) return firstInside(boxOf(draft, catalogue, home));
  if (after !== undefined && nodeOf(draft, after)) {
    const box = boxOf(draft, catalogue, after);
    return { x: box.x + box.width + gapX, y: box.y };
  }
  const boxes = Object.keys(draft.layout).map((id) => boxOf(draft, catalogue, id));
  if (boxes.length === 0) return { x: 0, y: 0 };
  return { x: Math.max(...boxes.map((box) => box.x + box.width)) + gapX, y: Math.min(...boxes.map((box) => box.y)) };
}

/** Does a new node of this type fit between the two ends of a wire? */
export function fitOnEdge(flow: FlowDocument, catalogue: Catalogue, edge: FlowEdge) {
  const takes = outputAt(flow, catalogue, edge.from)?.type ?? 'any';
  const gives = inputAt(flow, catalogue, edge.to)?.type ?? 'any';
  return { takes, gives };
}

/** Puts a new node on a wire: two wires instead of one, at the same place in the order, with room made to the right. */
export function insertOnEdge(draft: FlowDocument, catalogue: Catalogue, edge: FlowEdge, type: string): string | null {
  const index = draft.edges.findIndex((other) => other.from === edge.from && other.to === edge.to);
  const input = inputAt(draft, catalogue, edge.to);
  if (index === -1 || input === undefined) return null;
  draft.edges.splice(index, 1);
  makeRoom(draft, catalogue, edge);
  const source = boxOf(draft, catalogue, endNode(edge.from));
  const target = boxOf(draft, catalogue, endNode(edge.to));
  const middle = (source.x + source.width + target.x - cardWidth) / 2;
  const at = { x: target.x > source.x + source.width ? middle : source.x + source.width + gapX, y: (source.y + target.y) / 2 };
  const id = addNode(draft, catalogue, { type, at, from: edge.from });
  const output = portsNow(catalogue, nodeOf(draft, id))?.outputs.find((port) => conversion(port.type, input.type) !== null);
  if (output !== undefined) draft.edges.splice(index, 0, { from: joinEnd(id, output.id), to: edge.to });
  return id;
}

function makeRoom(draft: FlowDocument, catalogue: Catalogue, edge: FlowEdge): void {
  const source = boxOf(draft, catalogue, endNode(edge.from));
  const target = boxOf(draft, catalogue, endNode(edge.to));
  const need = cardWidth + 2 * gapX - (target.x - source.x - source.width);
  if (need <= 0 || target.x < source.x) return;
  const home = homeOfOutput(draft, catalogue, edge.from);
  const right = Object.keys(draft.nodes).filter((id) => {
    // Those beside it make way, and take along what stands in them.
    if (id === endNode(edge.from) || homeOf(draft, catalogue, id) !== home) return false;
    return id === endNode(edge.to) || reaches(draft, endNode(edge.to), id) || boxOf(draft, catalogue, id).x >= target.x;
  });
  moveBy(draft, right, { x: need, y: 0 });
}
