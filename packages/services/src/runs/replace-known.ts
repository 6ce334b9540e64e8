/** A value and what stands in its place. */
export type Known = readonly [value: string, label: string];

/** Up to so many are looked for one after the other, which is quicker for a few. */
const few = 32;
const prefixLength = 3;

/**
 * A text with every known value replaced, longer ones first. Its cost grows with the text and not with the text times
 * the values: a caller may send as many values as a body holds.
 */
export function replacerOf(values: readonly Known[]): (text: string) => string {
  const known = values.filter(([value]) => value !== '').sort(([a], [b]) => b.length - a.length);
  if (known.length <= few) return (text) => known.reduce((shown, [value, label]) => shown.replaceAll(value, label), text);
  const short = known.filter(([value]) => value.length < prefixLength);
  const long = known.filter(([value]) => value.length >= prefixLength);
  const labels = new Map(long);
  const lengths = lengthsByPrefix(long);
  return (text) =>
    short.reduce(
      (shown, [value, label]) => shown.replaceAll(value, label),
      replaceOnce(text, (at) => findAt(text, at, labels, lengths)),
    );
}

/** Which lengths values have that begin so, longest first. */
function lengthsByPrefix(known: readonly Known[]): Map<string, number[]> {
  const lengths = new Map<string, Set<number>>();
  for (const [value] of known) {
    const prefix = value.slice(0, prefixLength);
    const set = lengths.get(prefix) ?? new Set();
    lengths.set(prefix, set.add(value.length));
  }
  return new Map([...lengths].map(([prefix, set]) => [prefix, [...set].sort((a, b) => b - a)]));
}

interface Found {
  length: number;
  label: string;
}

function findAt(text: string, at: number, labels: ReadonlyMap<string, string>, lengths: ReadonlyMap<string, number[]>): Found | undefined {
  for (const length of lengths.get(text.slice(at, at + prefixLength)) ?? []) {
    const label = labels.get(text.slice(at, at + length));
    if (label !== undefined) return { length, label };
  }
  return undefined;
}

function replaceOnce(text: string, find: (at: number) => Found | undefined): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const found = find(at);
    if (found === undefined) {
      at += 1;
      continue;
    }
    out += text.slice(from, at) + found.label;
    at += found.length;
    from = at;
  }
  return out + text.slice(from);
}
