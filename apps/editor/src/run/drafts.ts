import { isRecord, type Json } from '@patchbay/flow';
import { checkInputs, type FlowField, type InputError, isList, itemType, type PortType } from '@patchbay/node-kit';

/**
 * What stands in the Run form, before it is a value: numbers and data are the text as typed, so nothing typed is lost.
 * Media is `{ mediaType, base64, name }`, chat a list of messages, a list a list of drafts.
 */
export type Drafts = Record<string, Json>;

export interface ReadDrafts {
  inputs: Record<string, Json>;
  /** By field id; only fields that are wrong. */
  errors: Map<string, DraftError>;
}
export type DraftError = { kind: 'number' | 'json' | 'required' } | { kind: 'input'; error: InputError };

const asJson = (type: PortType): boolean => itemType(type) === 'data';

/** A value as the form shows it. */
export function toDraft(type: PortType, value: Json): Json {
  if (isList(type)) return Array.isArray(value) ? value.map((item) => toDraft(itemType(type), item)) : [];
  if (itemType(type) === 'chat') return Array.isArray(value) ? value : [];
  if (itemType(type) === 'boolean') return value === true;
  if (value === null) return isMedia(type) ? null : '';
  if (isMedia(type)) return value;
  if (asJson(type)) return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

export const isMedia = (type: PortType): boolean => ['image', 'audio', 'video', 'file'].includes(itemType(type));

/** The form as it opens: given values first, then each field's example, then its default. */
export function startDrafts(fields: readonly FlowField[], given: Record<string, Json> | undefined): Drafts {
  const drafts: [string, Json][] = fields.map((field) => {
    const own = given !== undefined && Object.hasOwn(given, field.id) ? (given[field.id] ?? null) : undefined;
    const draft = toDraft(field.type, own ?? (given === undefined ? (field.example ?? field.default) : field.default));
    const needsFirst = field.required && field.type === 'chat' && Array.isArray(draft) && draft.length === 0;
    return [field.id, needsFirst ? [{ role: 'user', content: '' }] : draft];
  });
  return Object.fromEntries(drafts);
}

/** The inputs a form stands for, and what is wrong with it. */
export function readDrafts(fields: readonly FlowField[], drafts: Drafts): ReadDrafts {
  const inputs: Record<string, Json> = {};
  const errors: ReadDrafts['errors'] = new Map();
  for (const field of fields) {
    const draft = Object.hasOwn(drafts, field.id) ? (drafts[field.id] ?? null) : null;
    const read = readDraft(field.type, draft, field.required);
    if (typeof read === 'string') errors.set(field.id, { kind: read });
    else if (field.required && isBlank(read.value)) errors.set(field.id, { kind: 'required' });
    else if (read.value !== null) inputs[field.id] = read.value;
  }
  const checked = checkInputs(fields, inputs);
  if (!checked.ok) {
    for (const error of checked.errors) {
      const id = error.pointer.split('/')[1] ?? '';
      if (!errors.has(id)) errors.set(id, { kind: 'input', error });
    }
  }
  return { inputs, errors };
}

/** Left empty: the API takes an empty text as a value, a person who sees an empty field does not mean one. */
const isBlank = (value: Json): boolean => value === null || (typeof value === 'string' && value.trim() === '');

type Read = { value: Json } | 'number' | 'json';

function readDraft(type: PortType, draft: Json, required: boolean): Read {
  if (isList(type)) {
    const items: Json[] = [];
    for (const item of Array.isArray(draft) ? draft : []) {
      const read = readDraft(itemType(type), item, true);
      if (typeof read === 'string') return read;
      if (read.value !== null) items.push(read.value);
    }
    return { value: items };
  }
  const base = itemType(type);
  if (base === 'chat') return { value: readMessages(draft) };
  if (base === 'boolean' || isMedia(type)) return { value: draft };
  const text = typeof draft === 'string' ? draft : '';
  if (base === 'number') return readNumber(text);
  if (base === 'data') return text.trim() === '' ? { value: null } : readJson(text);
  if (base === 'any') return { value: looseJson(text) };
  // An empty text is a value of its own; for an optional field it is no value, so that the default holds.
  return { value: text === '' && (!required || base === 'choice') ? null : text };
}

function readNumber(text: string): Read {
  if (text.trim() === '') return { value: null };
  const value = Number(text);
  return Number.isFinite(value) ? { value } : 'number';
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return 'json';
  }
}

/** For a field of any type: data where it reads as data, else the text itself. */
function looseJson(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return text === '' ? null : text;
  const read = readJson(text);
  return typeof read === 'string' ? text : read.value;
}

function readMessages(draft: Json): Json {
  const messages = (Array.isArray(draft) ? draft : []).filter((item) => isRecord(item) && item['content'] !== '');
  return messages.length === 0 ? null : (messages as Json[]);
}
