import type { Json, Words } from '@patchbay/flow';
import { jsonSchema } from '@patchbay/flow';
import * as z from 'zod';

export type Widget =
  | 'text'
  | 'long-text'
  | 'number'
  | 'choice'
  | 'toggle'
  | 'model'
  | 'secret'
  | 'knowledge'
  | 'language'
  | 'json'
  | 'list'
  | 'group'
  | 'id'
  | 'port-type';

/** `url`: one percent-encoded part of an address. `header`: a line break in the value fails the step. */
export type ChipEscape = 'url' | 'header';

/** How a config field looks and reads. It travels in the JSON Schema under `ui`; forms, docs and OpenAPI read it there. */
export interface FieldUi {
  title: Words;
  widget: Widget;
  help?: Words;
  placeholder?: Words;
  /** Chips may stand in this text, or in the text leaves of this JSON. */
  chips?: boolean;
  /** How chip values are made safe for where the text goes; absent means as they are. */
  escape?: ChipEscape;
  options?: { value: string; title: Words }[];
  /** Code: drawn with letters of one width, and not checked for spelling. */
  code?: boolean;
  /** Folded away under "More" in the form. */
  advanced?: boolean;
  /** Shown only while a sibling field has one of these values. */
  showIf?: { field: string; in: (string | number | boolean)[] };
  /** The words on a list's add button. */
  add?: Words;
}

declare module 'zod' {
  interface GlobalMeta {
    ui?: FieldUi;
  }
}

/** Bounds of what a config may hold: generous for a person, small for a program that means harm. In UTF-16 units and entries. */
const longest = { code: 200, name: 20_000, line: 100_000, text: 1_000_000, list: 1_000 } as const;

type Ui = Omit<FieldUi, 'widget'>;

/**
 * Config fields. Each gives a zod schema with a default, so that a node's config always parses from `{}`,
 * and says how the field is edited.
 */
export const field = {
  /** One line of text; chips may stand in it. */
  text: (ui: Ui, start = '') =>
    z
      .string()
      .max(longest.line)
      .default(start)
      .meta({ ui: { chips: true, ...ui, widget: 'text' } }),
  /** Many lines of text; chips may stand in it. */
  longText: (ui: Ui, start = '') =>
    z
      .string()
      .max(longest.text)
      .default(start)
      .meta({ ui: { chips: true, ...ui, widget: 'long-text' } }),
  /** Many lines of code, in which `{{` has no meaning of ours. */
  code: (ui: Ui, start = '') =>
    z
      .string()
      .max(longest.line)
      .default(start)
      .meta({ ui: { ...ui, code: true, widget: 'long-text' } }),
  /** A name or other literal in which `{{` has no meaning. */
  plain: (ui: Ui, start = '') =>
    z
      .string()
      .max(longest.name)
      .default(start)
      .meta({ ui: { ...ui, widget: 'text' } }),
  number: (ui: Ui & { min?: number; max?: number }, start: number) => {
    const { min, max, ...rest } = ui;
    let schema = z.number();
    if (min !== undefined) schema = schema.min(min);
    if (max !== undefined) schema = schema.max(max);
    return schema.default(start).meta({ ui: { ...rest, widget: 'number' } });
  },
  /** A number that may be left out. */
  optionalNumber: (ui: Ui & { min?: number; max?: number }) => {
    const { min, max, ...rest } = ui;
    let schema = z.number();
    if (min !== undefined) schema = schema.min(min);
    if (max !== undefined) schema = schema.max(max);
    return schema.optional().meta({ ui: { ...rest, widget: 'number' } });
  },
  toggle: (ui: Ui, start: boolean) =>
    z
      .boolean()
      .default(start)
      .meta({ ui: { ...ui, widget: 'toggle' } }),
  choice: <const Option extends string>(ui: Ui & { options: { value: Option; title: Words }[] }, start: NoInfer<Option>) =>
    z
      .enum(ui.options.map((option) => option.value) as [Option, ...Option[]])
      .default(start as never)
      .meta({ ui: { ...ui, widget: 'choice' } }),
  /** `auto` or `provider/model`. */
  model: (ui: Ui) =>
    z
      .string()
      .max(longest.code)
      .default('auto')
      .meta({ ui: { ...ui, widget: 'model' } }),
  /** The name of a stored secret; empty where none is meant. */
  secret: (ui: Ui) =>
    z
      .string()
      .max(longest.code)
      .default('')
      .meta({ ui: { ...ui, widget: 'secret' } }),
  /** The id of a knowledge base; empty means all of the workspace. */
  knowledge: (ui: Ui) =>
    z
      .string()
      .max(longest.code)
      .default('')
      .meta({ ui: { ...ui, widget: 'knowledge' } }),
  /** A language by BCP 47 tag, or `auto`. */
  language: (ui: Ui, start: string) =>
    z
      .string()
      .max(longest.code)
      .default(start)
      .meta({ ui: { ...ui, widget: 'language' } }),
  /** Any JSON; chips may stand in its text leaves, and a leaf that is one chip keeps the value's type. */
  json: (ui: Ui, start: Json) =>
    jsonSchema.default(start as never).meta({ ui: { chips: true, ...ui, widget: 'json' } }) as z.ZodDefault<z.ZodType<Json>>,
  list: <Item extends z.ZodType>(ui: Ui, item: Item, start: z.input<Item>[]) =>
    z
      .array(item)
      .max(longest.list)
      .default(() => z.array(item).parse(start) as never)
      .meta({ ui: { ...ui, widget: 'list' } }),
  /** The id of a named thing (a label, a way, a field): a port name, given once. */
  id: (ui: Ui) =>
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,39}$/)
      .meta({ ui: { ...ui, widget: 'id' } }),
};

/** Any JSON without chips, or null: a default, an example. */
export const jsonField = (ui: Ui) =>
  jsonSchema
    .nullable()
    .default(null)
    .meta({ ui: { ...ui, widget: 'json' } });

/** JSON that may be left out: a schema. Chips have no meaning in it. */
export const optionalJsonField = (ui: Ui) => jsonSchema.optional().meta({ ui: { ...ui, widget: 'json' } });
