import type { Json } from '@patchbay/flow';
import { nearest } from './nearest.ts';
import { StepError } from './step-error.ts';

/**
 * The language of text fields, read in one pass: `{{port}}`, `{{port.key[0]}}`, `{{port?}}` for optional,
 * `\{{` for a literal. Everything else is text. Values are inserted and never parsed again.
 */
export interface Chip {
  port: string;
  /** Keys and indexes read inside the value. */
  path: (string | number)[];
  optional: boolean;
  /** Offsets of the whole chip in the source, end exclusive. */
  start: number;
  end: number;
}

export interface Template {
  source: string;
  /** Texts and chips in order. */
  parts: readonly (string | Chip)[];
}

/** Longest text a template may make, in UTF-16 units. */
export const templateOutputLimit = 8 * 1024 * 1024;

const chipPattern = /\{\{\s*([a-z][a-z0-9_]{0,39})((?:\.[\p{L}_$][\p{L}\p{N}_$-]{0,99}|\[\d{1,9}\]){0,32})(\?)?\s*\}\}/uy;
const stepPattern = /\.([^.[\]]+)|\[(\d+)\]/g;

/** Reads a text once; it never fails, since what is no chip is text. */
export function parseTemplate(source: string): Template {
  const parts: (string | Chip)[] = [];
  let text = '';
  let from = 0;
  for (let open = source.indexOf('{{'); open !== -1; open = source.indexOf('{{', from)) {
    if (source[open - 1] === '\\' && open - 1 >= from) {
      text += `${source.slice(from, open - 1)}{{`;
      from = open + 2;
      continue;
    }
    chipPattern.lastIndex = open;
    const match = chipPattern.exec(source);
    if (!match) {
      text += source.slice(from, open + 1);
      from = open + 1;
      continue;
    }
    text += source.slice(from, open);
    if (text !== '') parts.push(text);
    text = '';
    from = chipPattern.lastIndex;
    parts.push({ port: match[1] as string, path: parsePath(match[2] ?? ''), optional: match[3] === '?', start: open, end: from });
  }
  text += source.slice(from);
  if (text !== '') parts.push(text);
  return { source, parts };
}

function parsePath(text: string): (string | number)[] {
  return [...text.matchAll(stepPattern)].map((match) => match[1] ?? Number(match[2]));
}

/** The chips of a template, in order of appearance. */
export const chipsOf = (template: Template): Chip[] => template.parts.filter((part): part is Chip => typeof part !== 'string');

/** The template as text. Throws StepError `invalid_input` for a path that is not there or a text over the limit. */
export function renderTemplate(template: Template, values: Readonly<Record<string, Json>>): string {
  let out = '';
  for (const part of template.parts) {
    out += typeof part === 'string' ? part : valueToText(chipValue(part, values));
    if (out.length > templateOutputLimit) throw new StepError('invalid_input', 'text_too_long', { limit: templateOutputLimit });
  }
  return out;
}

/** What a chip stands for: own properties only, so `constructor` and `__proto__` read as missing. */
export function chipValue(chip: Chip, values: Readonly<Record<string, Json>>): Json {
  let value: Json = Object.hasOwn(values, chip.port) ? (values[chip.port] as Json) : null;
  for (const key of chip.path) {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) {
      value = (value as Record<string | number, Json>)[key] as Json;
    } else if (chip.optional || value === null) {
      return null;
    } else {
      throw new StepError('invalid_input', 'path_missing', {
        port: chip.port,
        path: chip.path.join('.'),
        key: String(key),
        nearest: nearest(String(key), keysOf(value)),
      });
    }
  }
  return value;
}

/** How a value reads inside a text: null is empty, structures are JSON, a list of plain values is joined by lines. */
export function valueToText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) return value.map(valueToText).join('\n');
  return JSON.stringify(value, null, 2);
}

const keysOf = (value: Json): string[] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []);
