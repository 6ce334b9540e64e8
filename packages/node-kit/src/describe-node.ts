import type { Json, Locale } from '@patchbay/flow';
import { type ConfigSchema, configSchema } from './chips.ts';
import type { Category, NodeDefinition } from './definition.ts';
import type { Widget } from './field.ts';
import { labelText, typeWords } from './label.ts';
import type { PortType } from './port-type.ts';

export interface PortReference {
  id: string;
  title: string;
  type: PortType;
  /** The type's name for a reader. */
  typeName: string;
  /** Of inputs: whether the node needs it. */
  required: boolean;
  stream: boolean;
  /** Of a container: the port is for the steps inside it. */
  inner: boolean;
}

export interface FieldReference {
  /** Path inside the config; `[]` stands for every entry of a list: `labels[].title`. */
  path: string;
  title: string;
  help: string;
  widget: Widget;
  chips: boolean;
  advanced: boolean;
  default: Json;
  options: { value: string; title: string }[];
}

/** A node type for its reader: what the reference pages, the palette and `/api/nodes` show. */
export interface NodeReference {
  type: string;
  version: number;
  category: Category;
  icon: string;
  title: string;
  summary: string;
  synonyms: string[];
  repeatable: boolean;
  role: NodeDefinition['role'];
  /** The ports with the default config. */
  inputs: PortReference[];
  outputs: PortReference[];
  fields: FieldReference[];
  examples: { name: string; config: Record<string, Json>; inputs: Record<string, Json>; outputs: Record<string, Json> }[];
  /** JSON Schema of the config, with `ui` notes. */
  configSchema: ConfigSchema;
}

/** All that is known of a node type, in one language. */
export function describeNode(definition: NodeDefinition, locale: Locale): NodeReference {
  const { type, version, category, icon, words, repeatable, role } = definition;
  const ports = definition.ports(definition.config.parse({}));
  const schema = configSchema(definition);
  return {
    type,
    version,
    category,
    icon,
    title: words.title[locale],
    summary: words.summary[locale],
    synonyms: words.synonyms,
    repeatable: repeatable === true,
    role,
    inputs: ports.inputs.map((port) => describePort(port, locale)),
    outputs: ports.outputs.map((port) => describePort({ ...port, required: false }, locale)),
    fields: describeFields(schema, '', locale),
    examples: definition.examples.map(({ name, config, inputs, outputs }) => ({ name: name[locale], config, inputs, outputs })),
    configSchema: schema,
  };
}

type DescribedPort = {
  id: string;
  title: Parameters<typeof labelText>[0];
  type: PortType;
  required: boolean;
  stream?: boolean;
  inner?: boolean;
};

const describePort = ({ id, title, type, required, stream = false, inner = false }: DescribedPort, locale: Locale): PortReference => ({
  id,
  title: labelText(title, locale),
  type,
  typeName: typeWords(type)[locale],
  required,
  stream,
  inner,
});

function describeFields(schema: ConfigSchema, base: string, locale: Locale): FieldReference[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const path = base === '' ? key : `${base}.${key}`;
    const { ui } = property;
    const own: FieldReference[] = ui === undefined ? [] : [describeField(path, property, ui, locale)];
    const inner =
      property.items === undefined ? describeFields(property, path, locale) : describeFields(property.items, `${path}[]`, locale);
    return [...own, ...inner];
  });
}

function describeField(path: string, schema: ConfigSchema, ui: NonNullable<ConfigSchema['ui']>, locale: Locale): FieldReference {
  return {
    path,
    title: ui.title[locale],
    help: ui.help?.[locale] ?? '',
    widget: ui.widget,
    chips: ui.chips === true,
    advanced: ui.advanced === true,
    default: (schema['default'] ?? null) as Json,
    options: (ui.options ?? []).map(({ value, title }) => ({ value, title: title[locale] })),
  };
}
