import type { FlowDocument, FlowEdge } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { homeOf, scopeFault, withInside } from './containers.ts';
import { endNode, joinEnd, nodeOf } from './ends.ts';
import { boxAround, frameAround, growAround, setFrame } from './frame.ts';
import { freeNodeId } from './ids.ts';
import { boxOf, gapX, moveBy } from './place.ts';
import { portsNow } from './ports.ts';

/** Which of a container's ports its wires are led through. */
const gates = {
  for_each: { enter: 'list', give: 'item', take: 'result', leave: 'results' },
  repeat: { enter: 'start', give: 'previous', take: 'next', leave: 'value' },
} as const;
export type WrapType = keyof typeof gates;

/** Why steps cannot be wrapped. */
export type WrapFault = 'end' | 'apart' | 'leaves';

/** A wire that would lead back: what the last of the steps gives is what the first takes in the next turn. */
export interface BackWire {
  from: string;
  to: string;
}

/** Puts a container around steps and leads their wires through it. Answers its id, or why not; then nothing has changed. */
export function wrapIn(
  draft: FlowDocument,
  catalogue: Catalogue,
  type: WrapType,
  chosen: readonly string[],
  back?: BackWire,
): { id: string } | { fault: WrapFault } {
  const gate = gates[type];
  const ids = chosen.filter((id) => !chosen.includes(nodeOf(draft, id)?.parent ?? ''));
  const inside = new Set(withInside(draft, ids));
  const home = homeOf(draft, catalogue, ids[0] ?? '');
  const ends = ids.some((id) => ['flow-input', 'flow-output'].includes(catalogue.get(nodeOf(draft, id)?.type ?? '')?.role ?? ''));
  if (ends || ids.length === 0) return { fault: 'end' };
  if (ids.some((id) => homeOf(draft, catalogue, id) !== home)) return { fault: 'apart' };
  const isIn = (end: string) => inside.has(endNode(end));
  const leaving = draft.edges.filter((edge) => isIn(edge.from) && !isIn(edge.to));
  const results = [...new Set([...(back === undefined ? [] : [back.from]), ...leaving.map((edge) => edge.from)])];
  if (results.length > 1) return { fault: 'leaves' };

  const id = freeNodeId(draft, type);
  const version = catalogue.get(type)?.version ?? 1;
  draft.nodes[id] = { type, config: {}, ...(version > 1 && { v: version }), ...(home !== undefined && { parent: home }) };
  for (const child of ids) (nodeOf(draft, child) as { parent?: string }).parent = id;
  const entering = enteringWires(draft, ids, isIn, back);
  const source = entering[0]?.from;
  const result = results[0] ?? lastOutput(draft, catalogue, ids);
  draft.edges = draft.edges.map((edge): FlowEdge => {
    if (entering.includes(edge)) return { from: joinEnd(id, gate.give), to: edge.to };
    return leaving.includes(edge) ? { from: joinEnd(id, gate.leave), to: edge.to } : edge;
  });
  if (back !== undefined && !draft.edges.some((edge) => edge.to === back.to))
    draft.edges.push({ from: joinEnd(id, gate.give), to: back.to });
  if (source !== undefined) draft.edges.push({ from: source, to: joinEnd(id, gate.enter) });
  if (result !== undefined) draft.edges.push({ from: result, to: joinEnd(id, gate.take) });
  draft.edges = draft.edges.filter((edge) => scopeFault(draft, catalogue, edge.from, edge.to) === null);
  placeFrame(draft, catalogue, id, ids);
  return { id };
}

/** The wires that become the container's own: those of the port the back wire leads to, else of the first value that enters. */
function enteringWires(draft: FlowDocument, ids: readonly string[], isIn: (end: string) => boolean, back: BackWire | undefined) {
  const all = draft.edges.filter((edge) => !isIn(edge.from) && isIn(edge.to));
  if (back !== undefined) return all.filter((edge) => edge.to === back.to);
  const first = all.find((edge) => ids.includes(endNode(edge.to)));
  return all.filter((edge) => edge.from === first?.from);
}

/** The first output of the one step that leads to no other of them. */
function lastOutput(draft: FlowDocument, catalogue: Catalogue, ids: readonly string[]): string | undefined {
  const last = ids.filter((id) => !draft.edges.some((edge) => endNode(edge.from) === id));
  const [only, ...others] = last;
  const port = others.length > 0 || only === undefined ? undefined : portsNow(catalogue, nodeOf(draft, only))?.outputs[0];
  return port === undefined || only === undefined ? undefined : joinEnd(only, port.id);
}

/** The steps stay where they are inside; what stood to the right of them makes way. */
function placeFrame(draft: FlowDocument, catalogue: Catalogue, id: string, ids: readonly string[]): void {
  const inside = boxAround(ids.map((child) => boxOf(draft, catalogue, child)));
  if (inside === undefined) return;
  const frame = frameAround(inside);
  setFrame(draft, id, frame);
  const others = Object.keys(draft.nodes).filter((other) => {
    const node = nodeOf(draft, other);
    return other !== id && node?.parent === nodeOf(draft, id)?.parent && !ids.includes(other);
  });
  const right = others.filter((other) => boxOf(draft, catalogue, other).x >= inside.x + inside.width);
  const nearest = Math.min(...right.map((other) => boxOf(draft, catalogue, other).x));
  const need = frame.x + frame.width + gapX - nearest;
  if (right.length > 0 && need > 0) moveBy(draft, right, { x: need, y: 0 });
  const left = others.filter((other) => !right.includes(other));
  const furthest = Math.max(...left.map((other) => boxOf(draft, catalogue, other)).map((box) => box.x + box.width));
  const over = furthest + gapX - frame.x;
  if (left.length > 0 && over > 0) moveBy(draft, left, { x: -over, y: 0 });
  growAround(draft, catalogue, [id]);
}

/** The steps on the ways from one step to another, both with them: what a wire back would make a circle of. */
export function circleOf(flow: FlowDocument, catalogue: Catalogue, { from, to }: BackWire): string[] {
  const home = homeOf(flow, catalogue, endNode(to));
  const near = (id: string) => homeOf(flow, catalogue, id) === home;
  const reach = (start: string, way: 'from' | 'to') => {
    const other = way === 'from' ? 'to' : 'from';
    const seen = new Set([start]);
    for (let before = -1; before !== seen.size; ) {
      before = seen.size;
      for (const edge of flow.edges) if (seen.has(endNode(edge[way])) && near(endNode(edge[other]))) seen.add(endNode(edge[other]));
    }
    return seen;
  };
  const after = reach(endNode(to), 'from');
  const before = reach(endNode(from), 'to');
  return Object.keys(flow.nodes).filter((id) => after.has(id) && before.has(id));
}
