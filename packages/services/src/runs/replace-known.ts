/** A value and what stands in its place. */
export type Known = readonly [value: string, label: string];

/** Up to so many are looked for one after the other, which is quicker for a few. */
const few = 32;
const prefixLength = 3;

/** Characters after which the work on a text may rest. */
const atOnce = 32 * 1024;

export interface Replacer {
  replace(text: string): string;
  /** The same, with turns of others in between. */
  replaceInTurns(text: string, turn: () => Promise<void>): Promise<string>;
}

/**
 * A text with every known value replaced, longer ones first. Its cost grows with the text and not with the text times
 * the values: a caller may send as many values as a body holds.
 */
export function replacerOf(values: readonly Known[]): Replacer {
  const known = values.filter(([value]) => value !== '').sort(([a], [b]) => b.length - a.length);
  const long = known.length <= few ? [] : known.filter(([value]) => value.length >= prefixLength);
  const single = known.length <= few ? known : known.filter(([value]) => value.length < prefixLength);
  const labels = new Map(long);
  const lengths = lengthsByPrefix(long);
  /** Stops where it may rest. */
  function* work(text: string): Generator<void, string> {
    let shown = long.length === 0 ? text : yield* replaceOnce(text, (at) => findAt(text, at, labels, lengths));
    for (const [value, label] of single) {
      shown = shown.replaceAll(value, label);
      if (shown.length > atOnce) yield;
    }
    return shown;
  }
  return {
    replace: (text) => {
      if (known.length === 0) return text;
      const working = work(text);
      for (;;) {
        const { done, value } = working.next();
        if (done === true) return value;
      }
    },
    replaceInTurns: async (text, turn) => {
      const working = work(text);
      for (;;) {
        const { done, value } = working.next();
        if (done === true) return value;
        await turn();
      }
    },
  };
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

function* replaceOnce(text: string, find: (at: number) => Found | undefined): Generator<void, string> {
  let out = '';
  let from = 0;
  let rest = atOnce;
  for (let at = 0; at < text.length; ) {
    if (at >= rest) {
      rest = at + atOnce;
      yield;
    }
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
