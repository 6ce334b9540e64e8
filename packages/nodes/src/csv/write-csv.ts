import { isRecord, type Json, valueToText } from '@patchbay/node-kit';

export interface WriteOptions {
  separator: string;
  /** Whether the first row names the columns. */
  header: boolean;
  /** Puts an apostrophe before what a spreadsheet would take for a formula. */
  guard: boolean;
}

/** Records or lists as RFC 4180, lines ended by CR LF. The columns are the names of all records, in the order they are first met. */
export function writeRows(items: readonly Json[], options: WriteOptions): string {
  const names = [...new Set(items.flatMap((item) => (isRecord(item) ? Object.keys(item) : [])))];
  const rows = items.map((item) => {
    if (Array.isArray(item)) return item;
    return isRecord(item) ? names.map((name) => (Object.hasOwn(item, name) ? (item[name] as Json) : null)) : [item];
  });
  const all: Json[][] = options.header && names.length > 0 ? [names, ...rows] : rows;
  return all.map((row) => `${writeRow(row, options)}\r\n`).join('');
}

function writeRow(row: readonly Json[], { separator, guard }: WriteOptions): string {
  const cells = row.map((value) => writeCell(value, separator, guard));
  // A row of one empty value would be an empty line, which is no row.
  return cells.length === 1 && cells[0] === '' ? '""' : cells.join(separator);
}

function writeCell(value: Json, separator: string, guard: boolean): string {
  const plain = valueToText(value);
  const text = guard && typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return text.includes(separator) || /["\r\n\uFEFF]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
