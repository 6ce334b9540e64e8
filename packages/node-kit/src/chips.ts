import type { Json } from '@patchbay/flow';
import * as z from 'zod';
import type { NodeDefinition } from './definition.ts';
import type { FieldUi } from './field.ts';
import type { InputPort } from './ports.ts';
import { type Chip, chipsOf, chipValue, parseTemplate, renderTemplate, type Template } from './template.ts';

/** A text in a config that holds at least one chip. */
export interface ChipSlot {
  path: (string | number)[];
  template: Template;
  /** A JSON leaf that is exactly one chip: it keeps the value's type. */
  whole: Chip | undefined;
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

/** All texts with chips, in config order. */
export function collectChips(definition: NodeDefinition, config: Record<string, Json>): ChipSlot[] {
  const slots: ChipSlot[] = [];
  visit(configSchema(definition), config, [], slots);
  return slots;
}

function visit(schema: ConfigSchema | undefined, value: Json | undefined, path: (string | number)[], slots: ChipSlot[]): void {
  if (schema === undefined || value === undefined) return;
  const { ui } = schema;
  if (ui?.chips === true) {
    visitLeaves(value, path, ui.widget === 'json', slots);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(schema.items, item, [...path, index], slots);
  } else if (typeof value === 'object' && value !== null && schema.properties !== undefined) {
    for (const [key, item] of Object.entries(value)) {
      if (Object.hasOwn(schema.properties, key)) visit(schema.properties[key], item, [...path, key], slots);
    }
  }
}

function visitLeaves(value: Json, path: (string | number)[], keepsType: boolean, slots: ChipSlot[]): void {
  if (typeof value === 'string') {
    if (!value.includes('{{')) return;
    const template = parseTemplate(value);
    const chips = chipsOf(template);
    // A text with only an escaped `\{{` has no chip but must still be rendered once.
    const only = template.parts.length === 1 ? chips[0] : undefined;
    if (chips.length > 0 || value.includes('\\{{')) slots.push({ path, template, whole: keepsType ? only : undefined });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitLeaves(item, [...path, index], keepsType, slots);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) visitLeaves(item, [...path, key], keepsType, slots);
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

/** The config with chips replaced by values; the given config is left as it is. */
export function fillChips(
  config: Record<string, Json>,
  slots: readonly ChipSlot[],
  values: Readonly<Record<string, Json>>,
): Record<string, Json> {
  let filled = config;
  for (const slot of slots) {
    const value = slot.whole ? chipValue(slot.whole, values) : renderTemplate(slot.template, values);
    filled = replaceAt(filled, slot.path, 0, value) as Record<string, Json>;
  }
  return filled;
}

function replaceAt(target: Json, path: readonly (string | number)[], depth: number, value: Json): Json {
  if (depth === path.length) return value;
  const key = path[depth] as string | number;
  if (Array.isArray(target)) return target.map((item, index) => (index === key ? replaceAt(item, path, depth + 1, value) : item));
  const record = target as Record<string, Json>;
  return { ...record, [key]: replaceAt(record[key] as Json, path, depth + 1, value) };
}
