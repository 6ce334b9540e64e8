import type { FanInRule, Json, Words } from '@patchbay/flow';
import { parseJsonText } from './json-text.ts';
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
  if (from === to || to === 'any') return 'same';
  // What it is turns out in the run: a text is handed on, all else is written as text.
  if (from === 'any') return to === 'text' ? 'value-to-text' : 'same';
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

/**
 * What is done to the value of one edge before the port's rule sees it, or null where it must not be wired.
 * `list` collects items, so a list into it is one item; `text` makes a text of each.
 */
export function edgeConversion(from: PortType, to: PortType, rule: FanInRule | undefined): Conversion | null {
  if (rule === 'list') return conversion(from, isList(to) ? itemType(to) : 'any');
  if (rule === 'text') return conversion(from, 'text');
  return conversion(from, to);
}

/** Whether a rule for several edges makes a value that fits a port. */
export function ruleFits(rule: FanInRule, to: PortType): boolean {
  if (rule === 'list') return isList(to) || conversion('any[]', to) !== null;
  return rule === 'first' || conversion('text', to) !== null;
}

/** What the badge on a wire says; a wire that changes nothing has none. */
export const conversionWords: Record<Exclude<Conversion, 'same'>, Words> = {
  'value-to-text': { en: 'as text', 'zh-Hans': '转为文本' },
  'list-to-text': { en: 'list as text', 'zh-Hans': '列表转文本' },
  'data-to-text': { en: 'data as text', 'zh-Hans': '数据转文本' },
  'text-to-data': { en: 'text read as data', 'zh-Hans': '文本转数据' },
  'wrap-list': { en: 'as a list of one', 'zh-Hans': '转为单项列表' },
  'text-to-chat': { en: 'as a message', 'zh-Hans': '转为消息' },
};

const itemConverts = (type: PortType): boolean => ['text', 'number', 'boolean', 'choice', 'data', 'any'].includes(type);

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
    return parseJsonText(value);
  } catch {
    throw new StepError('invalid_input', 'not_json', { start: value.slice(0, 80) });
  }
}
