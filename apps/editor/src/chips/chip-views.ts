import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import type { Catalogue, PortType } from '@patchbay/node-kit';
import { endNode, endPort, joinEnd, nodeOf } from '../store/edits/ends.ts';
import { portsKept } from '../store/edits/ports.ts';
import { edgeIndex, noEdges } from '../store/indexes.ts';
import { labelText, stepTitle } from '../store/titles.ts';

/** How one chip name of a node reads just now. */
export interface ChipView {
  /** Wired, filled with a literal, or connected to nothing. */
  state: 'wired' | 'literal' | 'loose';
  /** "Prompt · Text"; of several wires the first, with the number of the others. */
  label: string;
  type: PortType;
  literal?: Json;
}

/** The chip's words: always the current titles, whatever the document's ids are. */
export function chipView(flow: FlowDocument, catalogue: Catalogue, locale: Locale, node: string, port: string): ChipView {
  const wires = edgeIndex(flow.edges).into.get(joinEnd(node, port)) ?? noEdges;
  const [first] = wires;
  if (first !== undefined) {
    const source = nodeOf(flow, endNode(first.from));
    const output = source && portsKept(catalogue, source)?.outputs.find((candidate) => candidate.id === endPort(first.from));
    const step = source === undefined ? endNode(first.from) : stepTitle(catalogue, endNode(first.from), source, locale);
    const name = output === undefined ? endPort(first.from) : labelText(output.title, locale);
    const more = wires.length > 1 ? ` +${wires.length - 1}` : '';
    return { state: 'wired', label: `${step} · ${name}${more}`, type: output?.type ?? 'any' };
  }
  const values = nodeOf(flow, node)?.values;
  if (values !== undefined && Object.hasOwn(values, port))
    return { state: 'literal', label: port, type: 'any', literal: values[port] ?? null };
  return { state: 'loose', label: port, type: 'any' };
}
