import type { Json } from '@patchbay/flow';
import { isList, itemType, type PortType } from './port-type.ts';
import { StepError } from './step-error.ts';
import { valueToText } from './template.ts';

/** The rule an edge applies. `same` hands the value on; the others show a badge on the wire. */
export type Conversion = 'same' | 'value-to-text' | 'list-to-text' | 'data-to-text' | 'text-to-data' | 'wrap-list' | 'text-to-chat';

/**
 * How a value of one type becomes another, or null where it must not. Only what loses nothing a person would miss
 * is automatic: value, list and data to text, text to data, one to a list of one, text to a chat of one message.
 */
export function conversion(from: PortType, to: PortType): Conversion | null {
  if (from === to || to === 'any' || from === 'any') return 'same';
  const source = itemType(from);
  const target = itemType(to);
  if (isList(from)) {
    if (isList(to)) return target === 'any' || source === 'any' || source === target ? 'same' : null;
    if (to === 'text') return itemConverts(source) ? 'list-to-text' : null;
    return to === 'data' ? 'same' : null;
  }
  if (isList(to)) return target === 'any' || source === target ? 'wrap-list' : null;
  if (target === 'text') return source === 'data' ? 'data-to-text' : itemConverts(source) ? 'value-to-text' : null;
  if (target === 'choice') return source === 'text' ? 'same' : null;
  if (target === 'data') {
    if (source === 'text') return 'text-to-data';
    return ['number', 'boolean', 'choice', 'chat'].includes(source) ? 'same' : null;
  }
  if (target === 'chat') return source === 'text' ? 'text-to-chat' : null;
  if (target === 'file') return ['image', 'audio', 'video'].includes(source) ? 'same' : null;
  return null;
}

const itemConverts = (type: PortType): boolean => ['text', 'number', 'boolean', 'choice', 'data'].includes(type);

/** Applies a conversion. Throws StepError `invalid_input` where a text is no JSON. */
export function convert(rule: Conversion, value: Json): Json {
  if (rule === 'same' || value === null) return value;
  if (rule === 'text-to-data') return parseJson(value);
  if (rule === 'wrap-list') return [value];
  if (rule === 'text-to-chat') return [{ role: 'user', content: valueToText(value) }];
  return valueToText(value);
}

function parseJson(value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw new StepError('invalid_input', 'not_json', { start: value.slice(0, 80) });
  }
}
