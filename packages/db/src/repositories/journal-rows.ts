import type { JournalEntry, NewEntry } from './journal-types.ts';

/** What ends in one moment stands in one row: a row costs more than what it holds. */
const packed = 'batch';
/** So many ends in one row at most, so that a row stays easy to read. */
const longestRow = 200;

type Packed = [kind: string, scope: string, name: string, event: number, record: unknown];

/** The rows that hold these entries. Their records are JSON already and are taken as they are. */
export function toRows(entries: readonly NewEntry[]): JournalEntry[] {
  const [first] = entries;
  if (first === undefined || entries.length === 1) return [...entries];
  const rows: JournalEntry[] = [];
  for (let at = 0; at < entries.length; at += longestRow) {
    const some = entries.slice(at, at + longestRow);
    const event = some[0]?.event ?? first.event;
    const texts = some.map(
      (one) => `[${JSON.stringify(one.kind)},${JSON.stringify(one.scope)},${JSON.stringify(one.name)},${one.event},${one.record}]`,
    );
    rows.push({ kind: packed, scope: '', name: String(event), event, record: `[${texts.join(',')}]` });
  }
  return rows;
}

/** The entries that rows hold: what has ended, in order, then what has only begun. The first end of a step stands. */
export function fromRows(rows: readonly JournalEntry[]): JournalEntry[] {
  const ended = rows.flatMap(unpack).sort((a, b) => (a.event ?? 0) - (b.event ?? 0));
  const seen = new Set<string>();
  const fresh = (entry: JournalEntry): boolean => {
    const key = `${entry.kind}\n${entry.scope}\n${entry.name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return [...ended.filter(fresh), ...rows.filter(({ record }) => record === null).filter(fresh)];
}

function unpack(row: JournalEntry): JournalEntry[] {
  if (row.record === null) return [];
  if (row.kind !== packed) return [row];
  const entries = JSON.parse(row.record) as Packed[];
  return entries.map(([kind, scope, name, event, record]) => ({ kind, scope, name, event, record: JSON.stringify(record) }));
}
