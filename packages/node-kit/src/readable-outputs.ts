import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import type { Catalogue } from './definition.ts';
import { labelText } from './label.ts';
import { resolveFlow, type Wire } from './resolve.ts';

/** How a value of a flow's output is shown to a person. */
export type ReadableOutput = (output: string, value: Json) => Json;

/** A `choice` answers callers with an id that never changes; a person reads what the way or label is called. */
export function readableOutputs(flow: FlowDocument, catalogue: Catalogue, locale: Locale): ReadableOutput {
  const { nodes, wiresInto } = resolveFlow(flow, catalogue);
  const titles = new Map<string, Map<string, string>>();
  for (const { id, inputs, definition } of nodes.values()) {
    if (definition.role !== 'flow-output') continue;
    for (const port of inputs) {
      for (const wire of wiresInto.get(`${id}.${port.id}`) ?? []) addTitles(titles, wire, locale);
    }
  }
  return (output, value) => (typeof value === 'string' ? (titles.get(output)?.get(value) ?? value) : value);
}

function addTitles(titles: Map<string, Map<string, string>>, { from, output, input }: Wire, locale: Locale): void {
  if (output.type !== 'choice') return;
  const known = titles.get(input.id) ?? new Map<string, string>();
  titles.set(input.id, known);
  for (const port of from.outputs) {
    if (port.way !== undefined && !known.has(port.id)) known.set(port.id, labelText(port.title, locale));
  }
}
