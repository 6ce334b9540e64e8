import { type FlowDocument, type FlowEdge, type FlowNode, flowNodeSchema, type Json, type Placement } from '@patchbay/flow';
import * as z from 'zod';
import { withInside } from './containers.ts';
import { endNode, endPort, joinEnd, nodeOf } from './ends.ts';
import { freeNodeId } from './ids.ts';
import type { Point } from './place.ts';

/** What the clipboard holds: part of a flow, as text that any flow in any tab can take. */
export interface Fragment {
  format: 'patchbay/steps';
  version: 1;
  nodes: Record<string, FlowNode>;
  edges: FlowEdge[];
  layout: Record<string, Placement>;
}

const place = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
  collapsed: z.boolean().optional(),
});
const end = z.string().regex(/^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}$/);
const fragmentSchema = z.object({
  format: z.enum(['patchbay/steps', 'patchbay/flow']),
  version: z.literal(1),
  nodes: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), flowNodeSchema),
  edges: z.array(z.object({ from: end, to: end })),
  layout: z.record(z.string(), place),
});
const longest = 5_000_000;

export function copyNodes(flow: FlowDocument, ids: readonly string[]): Fragment {
  const chosen = new Set(withInside(flow, ids));
  const fragment: Fragment = { format: 'patchbay/steps', version: 1, nodes: {}, edges: [], layout: {} };
  for (const id of Object.keys(flow.nodes)) {
    const node = nodeOf(flow, id);
    if (!chosen.has(id) || node === undefined) continue;
    fragment.nodes[id] = { ...structuredClone(node), config: withoutSecrets(node.config) };
    const at = flow.layout[id];
    if (at !== undefined) fragment.layout[id] = { ...at };
  }
  fragment.edges = flow.edges.filter((edge) => chosen.has(endNode(edge.from)) && chosen.has(endNode(edge.to))).map((edge) => ({ ...edge }));
  return fragment;
}

const secretName = /authorization|api[-_ ]?key|token$|secret|password|cookie/i;

/** Headers and fields that name a secret lose a literal value; a chip in them stays. */
function withoutSecrets<Value extends Json>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: Json): Json {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  const named = typeof value['name'] === 'string' && secretName.test(value['name']);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const hides = secretName.test(key) || (named && key === 'value');
      return [key, hides && typeof item === 'string' && !item.includes('{{') ? '' : clean(item)];
    }),
  );
}

/** Reads pasted text: steps, or a whole flow. Null when it is neither. */
export function readFragment(text: string): Fragment | null {
  if (text.length > longest || !text.trimStart().startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = fragmentSchema.safeParse(value);
  if (!parsed.success || Object.keys(parsed.data.nodes).length === 0) return null;
  const { nodes, edges, layout } = parsed.data;
  return { format: 'patchbay/steps', version: 1, nodes, edges, layout };
}

/** The container that steps whose own did not come along are put into, by the one they stood in. */
export type Homing = (parent: string | undefined) => string | undefined;

/** Puts copied steps into a flow under free ids, moved by `by`; wires among them come along. Says the new ids. */
export function insertFragment(draft: FlowDocument, fragment: Fragment, by: Point, homing: Homing = () => undefined): string[] {
  const names = new Map<string, string>();
  for (const [id, node] of Object.entries(fragment.nodes)) {
    const fresh = freeNodeId(draft, id.replace(/_\d+$/, ''));
    names.set(id, fresh);
    draft.nodes[fresh] = structuredClone(node);
    const at = Object.hasOwn(fragment.layout, id) ? fragment.layout[id] : undefined;
    draft.layout[fresh] = { ...at, x: Math.round((at?.x ?? 0) + by.x), y: Math.round((at?.y ?? 0) + by.y) };
  }
  for (const fresh of names.values()) {
    const node = nodeOf(draft, fresh);
    if (node === undefined) continue;
    const parent = (node.parent === undefined ? undefined : names.get(node.parent)) ?? homing(node.parent);
    if (parent === undefined) delete node.parent;
    else node.parent = parent;
  }
  for (const edge of fragment.edges) {
    const [from, to] = [names.get(endNode(edge.from)), names.get(endNode(edge.to))];
    if (from !== undefined && to !== undefined)
      draft.edges.push({ from: joinEnd(from, endPort(edge.from)), to: joinEnd(to, endPort(edge.to)) });
  }
  return [...names.values()];
}

export function duplicateNodes(draft: FlowDocument, ids: readonly string[], by: Point): string[] {
  return insertFragment(draft, copyNodes(draft, ids), by, (parent) => parent);
}

/** Removes steps; what stands in a container goes with it. */
export function removeNodes(draft: FlowDocument, chosen: readonly string[]): void {
  const ids = withInside(draft, chosen);
  for (const id of ids) {
    delete draft.nodes[id];
    delete draft.layout[id];
  }
  const gone = new Set(ids);
  draft.edges = draft.edges.filter((edge) => !gone.has(endNode(edge.from)) && !gone.has(endNode(edge.to)));
}
