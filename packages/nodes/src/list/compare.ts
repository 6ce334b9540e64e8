import { type Json, valueToText } from '@patchbay/node-kit';

/**
 * An order over any values, the same on every machine: numbers, then texts, then yes/no, then structures, and nothing
 * always last. Digits inside a text count as numbers, so "item 9" comes before "item 10".
 */
export function compareBy(language: string, order: 'up' | 'down'): (a: Json, b: Json) => number {
  const collator = new Intl.Collator(language === 'auto' ? 'und' : language, { numeric: true });
  const sign = order === 'up' ? 1 : -1;
  return (a, b) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const [left, right] = [rank(a), rank(b)];
    if (left !== right) return sign * (left - right);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(valueToText(a), valueToText(b)));
  };
}

const rank = (value: Json): number => (typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : typeof value === 'boolean' ? 2 : 3);

/** A text that is the same for equal values and for no others, whatever the order of their keys. */
export function keyOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(keyOf).join(',')}]`;
  const entries = Object.keys(value).toSorted();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${keyOf(value[key] as Json)}`).join(',')}}`;
}
