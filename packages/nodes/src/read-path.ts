import { type Json, parseJsonText } from '@patchbay/node-kit';

const stepPattern = /([^.[\]]+)|\[(\d{1,9})\]/g;

/** `customer.items[0].name` as keys and indexes. Empty text is the value itself. */
function parsePath(path: string): (string | number)[] {
  if (path === '') return [];
  return [...path.matchAll(stepPattern)].map((match) => match[1] ?? Number(match[2]));
}

/** Reads inside a value by own keys only; undefined where the path leads nowhere. A text that is JSON is read as data. */
export function readPath(value: Json, path: string): Json | undefined {
  if (path === '') return value;
  let at: Json | undefined = typeof value === 'string' ? parseOr(value) : value;
  for (const key of parsePath(path)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, Json>)[key];
  }
  return at;
}

function parseOr(text: string): Json | undefined {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}
