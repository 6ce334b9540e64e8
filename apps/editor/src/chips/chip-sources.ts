import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import { type Catalogue, flowFace, type PortType } from '@patchbay/node-kit';
import { endNode, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { edgeIndex } from '../store/indexes.ts';
import { labelText, stepTitle } from '../store/titles.ts';
import { stepOf } from '../store/turns.ts';
import type { RunState } from '../store/types.ts';
import { canName, pathText } from './chip-text.ts';

/** Steps before this one, the inputs of the flow, and steps a new wire could make one of those. */
export type SourceGroup = 'before' | 'inputs' | 'other';

/** A value that can be put into a text. */
export interface ChipSource {
  /** The output it comes from, `node.port`. */
  end: string;
  /** A place inside the value. */
  path: (string | number)[];
  /** "Prompt · Text", with the place after it. */
  label: string;
  type: PortType;
  group: SourceGroup;
  /** What it was in the last run; undefined where there was none. */
  value: Json | undefined;
}

interface Reader {
  flow: FlowDocument;
  run: RunState;
  catalogue: Catalogue;
  locale: Locale;
}

/** All values a text of this node may hold: no wire from them closes a circle. Nearest steps first. */
export function chipSources(reader: Reader, node: string): ChipSource[] {
  const { flow, catalogue } = reader;
  const before = reachable(flow, node, 'up');
  const after = new Set(reachable(flow, node, 'down'));
  const rest = Object.keys(flow.nodes).filter((id) => id !== node && !after.has(id) && !before.includes(id));
  const isInput = (id: string) => catalogue.get(nodeOf(flow, id)?.type ?? '')?.role === 'flow-input';
  const all = [...before, ...rest];
  const of = (ids: readonly string[], group: SourceGroup) => ids.flatMap((id) => outputsOf(reader, id, group));
  return [
    ...of(
      before.filter((id) => !isInput(id)),
      'before',
    ),
    ...of(all.filter(isInput), 'inputs'),
    ...of(
      rest.filter((id) => !isInput(id)),
      'other',
    ),
  ];
}

/** Ids along the wires, nearest first, without the node itself. */
function reachable(flow: FlowDocument, start: string, way: 'up' | 'down'): string[] {
  const index = edgeIndex(flow.edges);
  const next = (id: string) =>
    way === 'up'
      ? (index.toNode.get(id) ?? []).map((edge) => endNode(edge.from))
      : (index.fromNode.get(id) ?? []).map((edge) => endNode(edge.to));
  const seen = new Set([start]);
  const found: string[] = [];
  let row = [start];
  while (row.length > 0) {
    const following: string[] = [];
    for (const id of row.flatMap(next)) {
      if (seen.has(id) || !Object.hasOwn(flow.nodes, id)) continue;
      seen.add(id);
      found.push(id);
      following.push(id);
    }
    row = following;
  }
  return found;
}

function outputsOf(reader: Reader, id: string, group: SourceGroup): ChipSource[] {
  const node = nodeOf(reader.flow, id);
  const definition = node && reader.catalogue.get(node.type);
  const ports = node && portsKept(reader.catalogue, node)?.outputs;
  if (node === undefined || definition === undefined || ports === undefined) return [];
  const step = stepTitle(reader.catalogue, id, node, reader.locale);
  return ports.flatMap((port) => {
    const value = lastValue(reader, id, port.id);
    const label = `${step} · ${labelText(port.title, reader.locale)}`;
    const whole: ChipSource = { end: joinEnd(id, port.id), path: [], label, type: port.type, group, value };
    return [whole, ...placesIn(whole)];
  });
}

/** A value of the last run; before one, the example an input of the flow was given. */
export function lastValue({ flow, run, catalogue }: Omit<Reader, 'locale'>, node: string, port: string): Json | undefined {
  const step = stepOf({ flow, run }, node);
  const outputs = step?.outputs;
  if (outputs !== undefined && Object.hasOwn(outputs, port)) return outputs[port];
  if (step !== undefined && Object.hasOwn(step.text, port)) return step.text[port];
  if (catalogue.get(nodeOf(flow, node)?.type ?? '')?.role !== 'flow-input') return undefined;
  return flowFace(flow, catalogue).inputs.find((field) => field.id === port)?.example ?? undefined;
}

const mostPlaces = 16;
const deepest = 3;

/** Places inside a structure that was seen, so that `customer.name` can be chosen and need not be typed. */
function placesIn(whole: ChipSource): ChipSource[] {
  const found: ChipSource[] = [];
  const visit = (value: Json, path: (string | number)[]): void => {
    if (typeof value !== 'object' || value === null || path.length >= deepest) return;
    const entries: [string | number, Json][] = Array.isArray(value) ? value.slice(0, 1).map((item) => [0, item]) : Object.entries(value);
    for (const [key, item] of entries) {
      if (!canName(key) || found.length >= mostPlaces) continue;
      const place = [...path, key];
      found.push({ ...whole, path: place, label: `${whole.label}${pathText(place)}`, type: 'any', value: item });
      visit(item, place);
    }
  };
  if (whole.value !== undefined) visit(whole.value, []);
  return found;
}
