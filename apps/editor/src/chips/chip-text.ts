import { type Chip, chipsOf, parseTemplate } from '@patchbay/node-kit';

/** The chips of a text with their places, in order. */
export const chipsIn = (text: string): Chip[] => (text.includes('{{') ? chipsOf(parseTemplate(text)) : []);

/** The names a text asks for, each once. */
export const chipNames = (text: string): Set<string> => new Set(chipsIn(text).map((chip) => chip.port));

const plainKey = /^[\p{L}_$][\p{L}\p{N}_$-]{0,99}$/u;

/** Whether a key of a value can be written in a chip. */
export const canName = (key: string | number): boolean => (typeof key === 'number' ? key >= 0 : plainKey.test(key));

/** `.customer.orders[0]`: the place inside the value. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');

/** A chip as it is written. */
export const chipToken = (port: string, path: readonly (string | number)[] = [], optional = false): string =>
  `{{${port}${pathText(path)}${optional ? '?' : ''}}}`;

/** What was typed to ask for a value: `{{` or `/`, and the letters after it. */
export interface Trigger {
  /** Where the whole of it begins. */
  from: number;
  /** Where the letters begin. */
  queryFrom: number;
  query: string;
}

const braces = /(?<!\\)\{\{([^{}\n]{0,60})$/;
/** A slash after a letter, a digit or another slash belongs to a word, a date or an address. */
const slash = /(?<![A-Za-z0-9/:<.*_~-])\/([^\s/{}<>"',;.]{0,40})$/;
const lookBack = 120;

/** The trigger that ends at the caret, if any. */
export function triggerBefore(text: string, caret: number): Trigger | null {
  const start = Math.max(0, caret - lookBack);
  const before = text.slice(start, caret);
  const found = braces.exec(before) ?? slash.exec(before);
  if (found === null) return null;
  const query = found[1] ?? '';
  return { from: start + found.index, queryFrom: caret - query.length, query };
}

/** A text with something else in place of one part, and where the caret then stands. */
export function splice(text: string, from: number, to: number, piece: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + piece + text.slice(to), caret: from + piece.length };
}

/** Every chip of one name written anew: optional or not, of another name. */
export function rewriteChips(text: string, port: string, change: { port?: string; optional?: boolean }): string {
  let out = '';
  let from = 0;
  for (const chip of chipsIn(text)) {
    if (chip.port !== port) continue;
    out += text.slice(from, chip.start) + chipToken(change.port ?? chip.port, chip.path, change.optional ?? chip.optional);
    from = chip.end;
  }
  return out + text.slice(from);
}

/** Whether a place in JSON text lies inside a string: there a chip goes in as it is, elsewhere it needs its quotes. */
export function insideJsonString(text: string, at: number): boolean {
  let inside = false;
  for (let index = 0; index < at; index += 1) {
    if (text[index] === '\\' && inside) index += 1;
    else if (text[index] === '"') inside = !inside;
  }
  return inside;
}
