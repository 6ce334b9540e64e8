import { guessSeparator, rowsOf } from '@patchbay/nodes/read-csv';
import { takeTurns } from './take-turns.ts';

/** Rows that are read in one go. */
const atOnce = 200;

/** Each row as a line that says what its values are, `Name: value`, so that a row is understood without its table. */
export async function csvText(csv: string): Promise<string> {
  const lines: string[] = [];
  let names: string[] | undefined;
  let count = 0;
  const rest = takeTurns();
  for (const row of rowsOf(csv, guessSeparator(csv))) {
    count += 1;
    if (names === undefined) names = row;
    else lines.push(lineOf(names, row));
    if (count % atOnce === 0) await rest();
  }
  return lines.length === 0 ? (names ?? []).join('; ') : lines.join('\n');
}

const lineOf = (names: readonly string[], row: readonly string[]): string =>
  row
    .flatMap((value, column) => {
      const [name, shown] = [names[column]?.trim() ?? '', value.trim().replace(/\s+/g, ' ')];
      return shown === '' ? [] : [name === '' ? shown : `${name}: ${shown}`];
    })
    .join('; ');
