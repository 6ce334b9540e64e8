import type { FlowDocument, Json } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { joinEnd, nodeOf } from './ends.ts';
import { type ConfigPath, setSetting } from './setting.ts';

/** Gives a named thing another id and takes along what referred to the old one: wires, literals, rules, examples. */
export function renamePort(
  draft: FlowDocument,
  catalogue: Catalogue,
  at: { node: string; path: ConfigPath },
  from: string,
  to: string,
): void {
  const node = nodeOf(draft, at.node);
  if (node === undefined || from === to) return;
  setSetting(draft, catalogue, at.node, at.path, to);
  const [old, fresh] = [joinEnd(at.node, from), joinEnd(at.node, to)];
  draft.edges = draft.edges.map((edge) => ({ from: edge.from === old ? fresh : edge.from, to: edge.to === old ? fresh : edge.to }));
  if (node.values !== undefined) node.values = renameKey(node.values, from, to);
  if (node.fanIn !== undefined) node.fanIn = renameKey(node.fanIn, from, to);
  const role = catalogue.get(node.type)?.role;
  for (const example of draft.examples ?? []) {
    if (role === 'flow-input') example.inputs = renameKey(example.inputs, from, to);
    if (role === 'flow-output' && example.outputs !== undefined) example.outputs = renameKey(example.outputs, from, to);
  }
}

const renameKey = <Value extends Json>(record: Record<string, Value>, from: string, to: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]));
