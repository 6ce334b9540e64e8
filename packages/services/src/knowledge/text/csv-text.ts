import { guessSeparator, readRows } from '@patchbay/nodes/read-csv';

/** Each row as a line that says what its values are, `Name: value`, so that a row is understood without its table. */
export function csvText(csv: string): string {
  const [names = [], ...rows] = readRows(csv, guessSeparator(csv));
  if (rows.length === 0) return names.join('; ');
  return rows.map((row) => lineOf(names, row)).join('\n');
}

const lineOf = (names: readonly string[], row: readonly string[]): string =>
  row
    .flatMap((value, column) => {
      const [name, shown] = [names[column]?.trim() ?? '', value.trim().replace(/\s+/g, ' ')];
      return shown === '' ? [] : [name === '' ? shown : `${name}: ${shown}`];
    })
    .join('; ');
