import type { FlowDocument, FlowEdge, FlowNode } from './document.ts';
import { isRecord, type Json } from './json.ts';
import { normalizeFlow } from './normalize.ts';
import { toPointer } from './problem.ts';
import { isLayoutPointer, semanticText } from './semantic.ts';

/** One field that differs. `before` or `after` is absent where the field is. */
export interface FieldChange {
  /** RFC 6901 pointer into the document. */
  pointer: string;
  before?: Json;
  after?: Json;
  /** True where the change has a meaning for a run: not a title, a note or a place. */
  semantic: boolean;
}

export interface NodeChange {
  id: string;
  fields: FieldChange[];
}

/** What leads from one flow to another, in the order of the second. */
export interface FlowDiff {
  nodes: {
    added: string[];
    removed: string[];
    changed: NodeChange[];
    /** Ids whose place or size differs, as far as both flows place them. */
    moved: string[];
  };
  edges: { added: FlowEdge[]; removed: FlowEdge[]; reordered: boolean };
  /** Name, description and examples. */
  document: FieldChange[];
  /** True when the two run differently: exactly when their semantic hashes differ. */
  semantic: boolean;
  /** True when nothing differs at all. */
  same: boolean;
}

/** The difference of two flows, logic apart from layout. */
export function diffFlows(before: FlowDocument, after: FlowDocument): FlowDiff {
  const a = normalizeFlow(before);
  const b = normalizeFlow(after);
  const nodes = {
    added: Object.keys(b.nodes).filter((id) => !Object.hasOwn(a.nodes, id)),
    removed: Object.keys(a.nodes).filter((id) => !Object.hasOwn(b.nodes, id)),
    changed: Object.entries(b.nodes).flatMap(([id, node]) =>
      Object.hasOwn(a.nodes, id) ? changedNode(id, a.nodes[id] as FlowNode, node) : [],
    ),
    moved: Object.keys(b.layout).filter((id) => Object.hasOwn(a.layout, id) && !equal(a.layout[id], b.layout[id])),
  };
  const edges = diffEdges(a.edges, b.edges);
  const document = (['name', 'description', 'examples'] as const).flatMap((key) => compare([key], a[key], b[key]));
  const semantic = semanticText(a) !== semanticText(b);
  const counts = [nodes.added, nodes.removed, nodes.changed, nodes.moved, edges.added, edges.removed, document];
  const placed =
    Object.keys(a.layout).length === Object.keys(b.layout).length && Object.keys(a.layout).every((id) => Object.hasOwn(b.layout, id));
  const same = !semantic && placed && !edges.reordered && counts.every((list) => list.length === 0);
  return { nodes, edges, document, semantic, same };
}

function changedNode(id: string, before: FlowNode, after: FlowNode): NodeChange[] {
  const fields = compare(['nodes', id], before, after);
  return fields.length === 0 ? [] : [{ id, fields }];
}

const edgeKey = (edge: FlowEdge): string => `${edge.from}>${edge.to}`;

function diffEdges(before: readonly FlowEdge[], after: readonly FlowEdge[]): FlowDiff['edges'] {
  const had = new Set(before.map(edgeKey));
  const has = new Set(after.map(edgeKey));
  const added = after.filter((edge) => !had.has(edgeKey(edge)));
  const removed = before.filter((edge) => !has.has(edgeKey(edge)));
  const kept = before.map(edgeKey).filter((key) => has.has(key));
  const keptAfter = after.map(edgeKey).filter((key) => had.has(key));
  return { added, removed, reordered: kept.length !== keptAfter.length || kept.some((key, index) => key !== keptAfter[index]) };
}

/** The smallest fields that differ. Lists of another length count as one field. */
function compare(path: (string | number)[], before: unknown, after: unknown): FieldChange[] {
  if (equal(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => compare([...path, key], ownField(before, key), ownField(after, key)));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => compare([...path, index], item, after[index]));
  }
  const change: FieldChange = { pointer: toPointer(path), semantic: !isLayoutPointer(path) };
  if (before !== undefined) change.before = before as Json;
  if (after !== undefined) change.after = after as Json;
  return [change];
}

const ownField = (record: Record<string, unknown>, key: string): unknown => (Object.hasOwn(record, key) ? record[key] : undefined);

/** Equality of JSON values; the order of keys has no meaning, an absent field equals an undefined one. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => equal(ownField(a, key), ownField(b, key)));
}
