import type { FlowDocument, FlowNode, Placement } from '@patchbay/flow';
import { isPinChange } from './pins.ts';
import type { RecordChange } from './types.ts';

/**
 * A document as records: one per node, one per placement, one for the edges, one for each other field.
 * Undo, merge and structural sharing all rest on this; none of them knows any single operation.
 */
type Way = 'before' | 'after';
const nodeKey = 'node:';
const layoutKey = 'layout:';

/** Deep equality of JSON-like values; a key that holds undefined counts as absent. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  const keys = definedKeys(a);
  return keys.length === definedKeys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(read(a, key), read(b, key)));
}

const read = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];
const definedKeys = (value: object): string[] => Object.keys(value).filter((key) => read(value, key) !== undefined);

/** What an edit changed, and the edited document with every untouched record being the old object itself. */
export function diffRecords(before: FlowDocument, after: FlowDocument): { changes: RecordChange[]; flow: FlowDocument } {
  const changes: RecordChange[] = [];
  const shared: FlowDocument = { ...after };
  shared.nodes = diffMap(nodeKey, before.nodes, after.nodes, changes);
  shared.layout = diffMap(layoutKey, before.layout, after.layout, changes);
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (key === 'nodes' || key === 'layout') continue;
    const [old, now] = [read(before, key), read(after, key)];
    if (same(old, now)) put(shared, key, old);
    else changes.push({ key, before: old, after: now });
  }
  orderChange('order:nodes', before.nodes, after.nodes, changes);
  orderChange('order:layout', before.layout, after.layout, changes);
  return changes.length === 0 ? { changes, flow: before } : { changes, flow: shared };
}

function diffMap<Value>(
  prefix: string,
  before: Record<string, Value>,
  after: Record<string, Value>,
  changes: RecordChange[],
): Record<string, Value> {
  const start = changes.length;
  const shared: Record<string, Value> = {};
  for (const [id, now] of Object.entries(after)) {
    const old = Object.hasOwn(before, id) ? before[id] : undefined;
    if (old !== undefined && same(old, now)) shared[id] = old;
    else {
      shared[id] = now;
      changes.push({ key: prefix + id, before: old, after: now });
    }
  }
  for (const [id, old] of Object.entries(before)) if (!Object.hasOwn(after, id)) changes.push({ key: prefix + id, before: old });
  return changes.length === start && sameList(Object.keys(before), Object.keys(after)) ? before : shared;
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** Key order has meaning (creation order), so it is kept wherever adding at the end and removing would not restore it. */
function orderChange(key: string, before: object, after: object, changes: RecordChange[]): void {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  const [inOld, inNow] = [new Set(old), new Set(now)];
  const forward = [...old.filter((id) => inNow.has(id)), ...now.filter((id) => !inOld.has(id))];
  const back = [...now.filter((id) => inOld.has(id)), ...old.filter((id) => !inNow.has(id))];
  if (!sameList(forward, now) || !sameList(back, old)) changes.push({ key, before: old, after: now });
}

/** The document with each changed record set to its value before or after. */
export function applyRecords(flow: FlowDocument, changes: readonly RecordChange[], way: Way): FlowDocument {
  const next: FlowDocument = { ...flow };
  for (const change of changes) {
    const value = change[way];
    if (change.key.startsWith(nodeKey))
      next.nodes = withRecord(next.nodes, flow.nodes, change.key.slice(nodeKey.length), value as FlowNode | undefined);
    else if (change.key.startsWith(layoutKey))
      next.layout = withRecord(next.layout, flow.layout, change.key.slice(layoutKey.length), value as Placement | undefined);
    else if (!change.key.startsWith('order:') && !isPinChange(change)) put(next, change.key, value);
  }
  for (const change of changes) {
    if (change.key === 'order:nodes') next.nodes = inOrder(next.nodes, change[way] as string[]);
    if (change.key === 'order:layout') next.layout = inOrder(next.layout, change[way] as string[]);
  }
  return next;
}

function put(flow: FlowDocument, key: string, value: unknown): void {
  const record = flow as unknown as Record<string, unknown>;
  if (value === undefined) delete record[key];
  else record[key] = value;
}

function withRecord<Value>(map: Record<string, Value>, original: Record<string, Value>, id: string, value: Value | undefined) {
  const next = map === original ? { ...map } : map;
  if (value === undefined) delete next[id];
  else next[id] = value;
  return next;
}

function inOrder<Value>(map: Record<string, Value>, order: readonly string[]): Record<string, Value> {
  const next: Record<string, Value> = {};
  for (const id of [...order, ...Object.keys(map)]) if (Object.hasOwn(map, id)) next[id] = map[id] as Value;
  return next;
}

/** Two steps as one: the oldest "before" and the newest "after" of each record. */
export function joinChanges(first: readonly RecordChange[], second: readonly RecordChange[]): RecordChange[] {
  const joined = new Map(first.map((change) => [change.key, change]));
  for (const change of second) {
    const earlier = joined.get(change.key);
    joined.set(change.key, earlier === undefined ? change : { key: change.key, before: earlier.before, after: change.after });
  }
  return [...joined.values()].filter((change) => !same(change.before, change.after));
}
