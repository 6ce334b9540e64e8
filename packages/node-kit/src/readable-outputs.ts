import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import type { Catalogue } from './definition.ts';
import { labelText } from './label.ts';
import type { OutputPort } from './ports.ts';
import { resolveFlow } from './resolve.ts';

/** What the fields of records are called, by id. */
export type ColumnTitles = ReadonlyMap<string, string>;

/** How a value of a flow's output is shown to a person. */
export interface ReadableOutput {
  (output: string, value: Json): Json;
  columns(output: string): ColumnTitles;
}

const none: ColumnTitles = new Map();

/** A `choice` and the fields of records answer callers with ids that never change; a person reads what they are called. */
export function readableOutputs(flow: FlowDocument, catalogue: Catalogue, locale: Locale): ReadableOutput {
  const { nodes, wiresInto } = resolveFlow(flow, catalogue);
  const ways = new Map<string, Map<string, string>>();
  const columns = new Map<string, Map<string, string>>();
  for (const { id, inputs, definition } of nodes.values()) {
    if (definition.role !== 'flow-output') continue;
    for (const port of inputs) {
      for (const { from, output } of wiresInto.get(`${id}.${port.id}`) ?? []) {
        if (output.type === 'choice') addTitles(ways, port.id, waysOf(from.outputs), locale);
        addTitles(columns, port.id, output.columns ?? [], locale);
      }
    }
  }
  const read = (output: string, value: Json) => (typeof value === 'string' ? (ways.get(output)?.get(value) ?? value) : value);
  return Object.assign(read, { columns: (output: string) => columns.get(output) ?? none });
}

/** What a person calls the fields of the records that leave at a port. */
export const columnTitles = ({ columns = [] }: Pick<OutputPort, 'columns'>, locale: Locale): ColumnTitles =>
  new Map(columns.map(({ id, title }) => [id, labelText(title, locale)]));

const waysOf = (outputs: readonly OutputPort[]) => outputs.filter(({ way }) => way !== undefined);

function addTitles(
  all: Map<string, Map<string, string>>,
  output: string,
  named: readonly Pick<OutputPort, 'id' | 'title'>[],
  locale: Locale,
) {
  const known = all.get(output) ?? new Map<string, string>();
  all.set(output, known);
  for (const { id, title } of named) if (!known.has(id)) known.set(id, labelText(title, locale));
}
