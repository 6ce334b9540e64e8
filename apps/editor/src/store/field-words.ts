import type { FlowDocument, Json, Locale } from '@patchbay/flow';
import { fromPointer } from '@patchbay/flow';
import { type Catalogue, type ConfigSchema, configSchema, type FieldUi } from '@patchbay/node-kit';
import { nodeOf } from './edits/ends.ts';
import { defaultOf, schemaAt } from './edits/setting.ts';

/** Fields of a step beside its settings, and of the flow itself; the interface has a word for each. */
export const plainFields = ['title', 'note', 'values', 'fanIn', 'onError', 'bypass', 'parent', 'name', 'description', 'examples'] as const;
export type PlainField = (typeof plainFields)[number];

/** A place in a flow as a person knows it. */
export interface FieldPlace {
  /** What it is called by itself. */
  plain?: PlainField;
  /** Titles in the form, from the outside in; numbers count entries of a list from 1. */
  titles: (string | number)[];
  ui?: FieldUi | undefined;
  /** What holds where the document says nothing. */
  default?: Json | undefined;
}

/** What the field behind a pointer of a difference is called. */
export function fieldPlace(flow: FlowDocument, catalogue: Catalogue, pointer: string, locale: Locale): FieldPlace {
  const steps = fromPointer(pointer);
  const [part = '', ...rest] = steps[0] === 'nodes' ? steps.slice(2) : steps;
  const plain = plainFields.find((name) => name === part);
  if (plain !== undefined) return { plain, titles: plain === 'values' || plain === 'fanIn' ? rest.slice(0, 1) : [] };
  const definition = catalogue.get(nodeOf(flow, steps[1] ?? '')?.type ?? '');
  if (part !== 'config' || definition === undefined) return { titles: [part, ...rest] };
  return inForm(configSchema(definition), rest, locale);
}

function inForm(whole: ConfigSchema, steps: readonly string[], locale: Locale): FieldPlace {
  const titles: (string | number)[] = [];
  let schema: ConfigSchema | undefined = whole;
  for (const step of steps) {
    const index: number | string = schema?.items !== undefined && /^\d+$/.test(step) ? Number(step) : step;
    schema = schemaAt(schema, [index]);
    titles.push(typeof index === 'number' ? index + 1 : (schema?.ui?.title[locale] ?? step));
  }
  return { titles, ui: schema?.ui, default: defaultOf(schema) };
}

/** A setting's value as its form shows it; undefined where there is nothing to show. */
export function fieldText(value: Json | undefined, { ui, default: otherwise }: FieldPlace, locale: Locale): string | boolean | undefined {
  const shown = value ?? otherwise;
  if (shown === undefined || shown === null || shown === '') return undefined;
  if (typeof shown === 'boolean') return shown;
  if (typeof shown === 'string') return ui?.options?.find((option) => option.value === shown)?.title[locale] ?? shown;
  return typeof shown === 'number' ? String(shown) : JSON.stringify(shown, null, 2);
}
