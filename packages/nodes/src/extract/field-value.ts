import type { Json } from '@patchbay/node-kit';

export type FieldType = 'text' | 'number' | 'boolean' | 'text[]' | 'number[]';

/** A field as a model is asked for it: every one may be null, since a text may not say it. */
export function schemaOf({ title, type, hint }: { title: string; type: FieldType; hint: string }): Json {
  const description = [title, hint].filter((part) => part !== '').join(': ');
  if (type === 'text[]' || type === 'number[]') return { type: ['array', 'null'], items: { type: jsonType(type) }, description };
  return { type: [jsonType(type), 'null'], description };
}

const jsonType = (type: FieldType): string => (type.startsWith('text') ? 'string' : type.startsWith('number') ? 'number' : 'boolean');

/** The value of a field, a number written as text included; null for nothing, undefined for what does not fit. */
export function readField(type: FieldType, value: Json): Json | undefined {
  if (value === null || value === '') return null;
  if (type === 'text[]' || type === 'number[]') return readList(type === 'text[]' ? 'text' : 'number', value);
  if (type === 'text') return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  if (type === 'number') return readNumber(value);
  return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
}

function readList(type: 'text' | 'number', value: Json): Json | undefined {
  const items: Json[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    const read = readField(type, item);
    if (read === undefined) return undefined;
    if (read !== null) items.push(read);
  }
  return items;
}

function readNumber(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const number = Number(value.replaceAll(/[,_\s]/g, ''));
  return Number.isFinite(number) ? number : undefined;
}
