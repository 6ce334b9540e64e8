import type { Json } from '@patchbay/flow';
import * as z from 'zod';
import type { NodeDefinition } from './definition.ts';
import type { ChipEscape, FieldUi } from './field.ts';
import type { InputPort } from './ports.ts';
import { StepError } from './step-error.ts';
import { type Chip, chipsOf, chipValue, parseTemplate, renderTemplate, type Template, valueToText } from './template.ts';

/** A text in a config that holds at least one chip. */
export interface ChipSlot {
  path: (string | number)[];
  template: Template;
  /** A JSON leaf that is exactly one chip: it keeps the value's type. */
  whole: Chip | undefined;
  escape?: ChipEscape;
}

export interface ConfigSchema {
  type?: string;
  properties?: Record<string, ConfigSchema>;
  items?: ConfigSchema;
  ui?: FieldUi;
  [key: string]: unknown;
}

const schemas = new WeakMap<NodeDefinition, ConfigSchema>();

/** The config's JSON Schema with `ui` notes: what the form, the node reference and OpenAPI read. */
export function configSchema(definition: NodeDefinition): ConfigSchema {
  let schema = schemas.get(definition);
  if (schema === undefined) {
    schema = z.toJSONSchema(definition.config, { io: 'input', unrepresentable: 'any' }) as ConfigSchema;
    schemas.set(definition, schema);
  }
  return schema;
}

/** A text in which chips may stand. */
export interface ChipText {
  path: (string | number)[];
  text: string;
  ui: FieldUi;
}

/** All texts with chips, in config order. */
export function collectChips(definition: NodeDefinition, config: Record<string, Json>): ChipSlot[] {
  return chipTexts(definition, config).flatMap(({ path, text, ui }): ChipSlot[] => {
    if (!text.includes('{{')) return [];
    const template = parseTemplate(text);
    const chips = chipsOf(template);
    // A text with only an escaped `\{{` has no chip but must still be rendered once.
    if (chips.length === 0 && !text.includes('\\{{')) return [];
    const whole = ui.widget === 'json' && template.parts.length === 1 ? chips[0] : undefined;
    return [{ path, template, whole, ...(ui.escape === undefined ? {} : { escape: ui.escape }) }];
  });
}

/** Every text of a config in which chips may stand, with and without any, in config order. */
export function chipTexts(definition: NodeDefinition, config: Record<string, Json>): ChipText[] {
  const texts: ChipText[] = [];
  visit(configSchema(definition), config, [], texts);
  return texts;
}

function visit(schema: ConfigSchema | undefined, value: Json | undefined, path: (string | number)[], texts: ChipText[]): void {
  if (schema === undefined || value === undefined) return;
  const { ui } = schema;
  if (ui?.chips === true) {
    visitLeaves(value, path, ui, texts);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(schema.items, item, [...path, index], texts);
  } else if (typeof value === 'object' && value !== null && schema.properties !== undefined) {
    for (const [key, item] of Object.entries(value)) {
      if (!Object.hasOwn(schema.properties, key)) continue;
      const property = schema.properties[key];
      // What the form hides has no chips: a text left over from another choice must not ask for values.
      if (property !== undefined && isShown(property.ui, value)) visit(property, item, [...path, key], texts);
    }
  }
}

/** Whether a field is in force beside the values of its siblings. */
export function isShown(ui: FieldUi | undefined, siblings: Record<string, Json>): boolean {
  if (ui?.showIf === undefined) return true;
  const { field, in: wanted } = ui.showIf;
  return !Object.hasOwn(siblings, field) || (wanted as Json[]).includes(siblings[field] as Json);
}

function visitLeaves(value: Json, path: (string | number)[], ui: FieldUi, texts: ChipText[]): void {
  if (typeof value === 'string') texts.push({ path, text: value, ui });
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitLeaves(item, [...path, index], ui, texts);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      // A document never holds this key; a config made in code must not write to a prototype either.
      if (key !== '__proto__') visitLeaves(item, [...path, key], ui, texts);
    }
  }
}

/** One input port per chip name; required unless every chip of that name is optional. */
export function chipPorts(slots: readonly ChipSlot[]): InputPort[] {
  const ports = new Map<string, InputPort>();
  for (const chip of slots.flatMap((slot) => chipsOf(slot.template))) {
    const port = ports.get(chip.port);
    if (port === undefined) ports.set(chip.port, { id: chip.port, title: chip.port, type: 'any', required: !chip.optional, chip: true });
    else if (!chip.optional) port.required = true;
  }
  return [...ports.values()];
}

/** The config with chips replaced by values; the given config is left as it is, and what holds no chip is shared with it. */
export function fillChips(
  config: Record<string, Json>,
  slots: readonly ChipSlot[],
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  if (slots.length === 0) return config;
  const filled = { ...config };
  const copies = new Set<Json>([filled]);
  for (const slot of slots) put(filled, slot.path, renderSlot(slot, values), copies);
  return filled;
}

/** Sets one value deep inside, copying each structure on the way the first time it is passed. */
function put(root: Record<string, Json>, path: ChipSlot['path'], value: Json, copies: Set<Json>): void {
  let target = root;
  const last = path.length - 1;
  for (let index = 0; index < last; index += 1) {
    const key = path[index] as string;
    let inner = target[key] as Record<string, Json>;
    if (!copies.has(inner)) {
      inner = copyOf(inner);
      copies.add(inner);
      target[key] = inner;
    }
    target = inner;
  }
  target[path[last] as string] = value;
}

/** A list or record, one level deep. Both are written to by key. */
const copyOf = (value: Record<string, Json>): Record<string, Json> =>
  Array.isArray(value) ? ([...value] as unknown as Record<string, Json>) : { ...value };

/** One text of a config with its values: the only place where chips become values, so that none misses its escape. */
export function renderSlot(slot: ChipSlot, values: Readonly<Record<string, Json>>): Json {
  if (slot.whole !== undefined) return chipValue(slot.whole, values);
  if (slot.escape === undefined) return renderTemplate(slot.template, values);
  const safe = escapes[slot.escape];
  return slot.template.parts.map((part) => (typeof part === 'string' ? part : safe(valueToText(chipValue(part, values))))).join('');
}

const escapes: Record<ChipEscape, (text: string) => string> = {
  url: (text) => encodeURIComponent(text.toWellFormed()),
  header: (text) => {
    if (/[\r\n\0]/.test(text)) throw new StepError('invalid_input', 'header_line_break');
    return text;
  },
};
