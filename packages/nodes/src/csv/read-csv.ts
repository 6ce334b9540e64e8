import { StepError } from '@patchbay/node-kit';

/** Most cells of one table. */
export const cellLimit = 2_000_000;

/**
 * Rows of a text as RFC 4180 has them, read in one pass: quotes around values, a quote inside written twice, line breaks
 * of any kind. Lines without anything are no rows. Throws StepError `invalid_input` with the row that cannot be read.
 */
export const readRows = (text: string, separator: string): string[][] => [...rowsOf(text, separator)];

/** The same row by row, for whoever must not take long at once. */
export function* rowsOf(text: string, separator: string): Generator<string[]> {
  let rows = 0;
  let row: string[] = [];
  let cells = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at, rows + 1) + 1 : valueEnd(text, at, separator);
    const value = text.slice(at, end);
    row.push(quoted ? value.slice(1, -1).replaceAll('""', '"') : value);
    cells += 1;
    if (cells > cellLimit) throw new StepError('invalid_input', 'csv_too_many', { limit: cellLimit });
    const stop = text[end];
    if (stop === separator) {
      at = end + 1;
      // A separator that ends the text has an empty value after it.
      if (at === text.length) row.push('');
      continue;
    }
    if (stop !== undefined && stop !== '\n' && stop !== '\r')
      throw new StepError('invalid_input', 'csv_after_quote', { row: rows + 1, text: text.slice(end, end + 20) });
    at = stop === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    if (row.length > 1 || quoted || value !== '') {
      rows += 1;
      yield row;
    }
    row = [];
  }
  if (row.length > 0) yield row;
}

function closingQuote(text: string, open: number, row: number): number {
  let at = text.indexOf('"', open + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at === -1) throw new StepError('invalid_input', 'csv_open_quote', { row });
  return at;
}

function valueEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

/** The separator that the first line has most of, outside of quotes; a comma where it has none. */
export function guessSeparator(text: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((sign) => [sign, 0]));
  let inQuotes = false;
  for (const sign of text.slice(0, 10_000)) {
    if (sign === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (sign === '\n' || sign === '\r')) break;
    else if (!inQuotes && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  const [most, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return count === 0 ? ',' : most;
}
