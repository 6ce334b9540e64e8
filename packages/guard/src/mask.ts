import { type Kind, kinds } from './kinds.ts';
import { Scanner } from './scan.ts';
import { Source } from './source.ts';

export interface MaskOptions {
  /** What to hide; absent means all kinds. */
  kinds?: readonly Kind[] | undefined;
  /** What stands in its place: `[EMAIL]`, `[EMAIL_1]` to be restored later, five stars, or nothing. */
  style?: 'label' | 'numbered' | 'stars' | 'remove' | undefined;
  /** With `numbered`: what was hidden before, so that the same value keeps its label and numbers go on. */
  known?: Secrets | undefined;
}

/** What was hidden, by the label that stands in its place. */
export type Secrets = Readonly<Record<string, string>>;

/** Hides personal data in a text that arrives in pieces. */
export interface Masker {
  /** What can be shown of the text so far; holds back only what could still turn out to be personal data. */
  push(chunk: string): string;
  /** The rest. */
  end(): string;
  /** With `numbered`: all that was hidden so far, `known` included. */
  secrets(): Secrets;
}

/** The same pieces in any cut give the same text in the end, and no piece shows what a later one would hide. */
export function createMasker(options: MaskOptions = {}): Masker {
  const source = new Source();
  const scanner = new Scanner(source, new Set(options.kinds ?? kinds));
  const style = options.style ?? 'label';
  const labels = numberedLabels(options.known ?? {});
  let lastEnd = nowhere;
  let out = '';
  // A key comes in several pieces: its label waits for the last.
  let pending: { kind: Kind; value: string } | undefined;
  const settle = () => {
    if (pending !== undefined) out += labels.of(pending.kind, pending.value);
    pending = undefined;
  };
  const sink = {
    text: (from: number, to: number) => {
      settle();
      out += source.slice(from, to);
    },
    found: (kind: Kind, from: number, to: number) => {
      const goesOn = from === lastEnd && kind === 'key';
      if (style !== 'numbered') {
        // The rest of a key that was already replaced is left out.
        if (!goesOn) out += replacement(kind, style);
      } else if (goesOn && pending !== undefined) pending.value += source.slice(from, to);
      else {
        settle();
        pending = { kind, value: source.slice(from, to) };
      }
      lastEnd = kind === 'key' ? to : nowhere;
    },
  };
  const advance = (): string => {
    out = '';
    const place = scanner.run(sink);
    // Two characters stay as context for the place after them.
    const spare = Math.max(0, place - 2);
    source.drop(spare);
    scanner.shift(spare);
    lastEnd -= spare;
    if (pending !== undefined && pending.kind !== 'key') settle();
    return out;
  };
  return {
    push(chunk) {
      source.append(chunk);
      return advance();
    },
    end() {
      source.end();
      const rest = advance();
      out = '';
      settle();
      return rest + out;
    },
    secrets: () => labels.all(),
  };
}

/** One label for each value: `[EMAIL_1]`, `[EMAIL_2]`. */
function numberedLabels(known: Secrets): { of(kind: Kind, value: string): string; all(): Secrets } {
  const labels = new Map(Object.entries(known).map(([label, value]) => [value, label]));
  const taken = new Set(Object.keys(known));
  const next = new Map<Kind, number>();
  return {
    of(kind, value) {
      const old = labels.get(value);
      if (old !== undefined) return old;
      let number = next.get(kind) ?? 1;
      while (taken.has(labelOf(kind, number))) number += 1;
      next.set(kind, number + 1);
      const label = labelOf(kind, number);
      labels.set(value, label);
      taken.add(label);
      return label;
    },
    all: () => Object.fromEntries([...labels].map(([value, label]) => [label, value])),
  };
}

const labelOf = (kind: Kind, number: number): string => `[${kind.toUpperCase()}_${number}]`;

const nowhere = Number.NEGATIVE_INFINITY;

const replacement = (kind: Kind, style: NonNullable<MaskOptions['style']>): string =>
  style === 'label' ? `[${kind.toUpperCase()}]` : style === 'stars' ? '*****' : '';

/**
 * What no find is without: a digit, an at sign, the beginning of a key that may be letters alone, or letters in the
 * groups of an Italian tax code, in which letters may stand for digits.
 */
const traces = /[\d\uff10-\uff19@]|A[KS]IA|eyJ|[A-Za-z]{16}|[A-Za-z]{3} [A-Za-z]{3} [A-Za-z]{5} [A-Za-z]{5}/;

/** Whether a text has to be looked through at all. */
export const mayHidePersonalData = (text: string): boolean => traces.test(text);

/** A whole text with its personal data hidden. Most texts have no trace of any and are not looked through. */
export function maskText(text: string, options: MaskOptions = {}): string {
  if (!mayHidePersonalData(text)) return text;
  const masker = createMasker(options);
  return masker.push(text) + masker.end();
}

/** Characters that are looked through in one go: about ten milliseconds where personal data fills them. */
export const maskAtOnce = 32 * 1024;

/** What a masker shows of a whole text, which it is given in pieces: `turn` lets others have their turn in between. */
export async function maskInTurns(text: string, masker: Masker, turn: () => Promise<void>): Promise<string> {
  let shown = masker.push(text.slice(0, maskAtOnce));
  for (let at = maskAtOnce; at < text.length; at += maskAtOnce) {
    await turn();
    shown += masker.push(text.slice(at, at + maskAtOnce));
  }
  return shown + masker.end();
}
