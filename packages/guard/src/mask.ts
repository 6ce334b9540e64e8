import { type Kind, kinds } from './kinds.ts';
import { Scanner } from './scan.ts';
import { Source } from './source.ts';

export interface MaskOptions {
  /** What to hide; absent means all kinds. */
  kinds?: readonly Kind[] | undefined;
  /** What stands in its place: `[EMAIL]`, five stars, or nothing. */
  style?: 'label' | 'stars' | 'remove' | undefined;
}

/** Hides personal data in a text that arrives in pieces. */
export interface Masker {
  /** What can be shown of the text so far; holds back only what could still turn out to be personal data. */
  push(chunk: string): string;
  /** The rest. */
  end(): string;
}

/** The same pieces in any cut give the same text in the end, and no piece shows what a later one would hide. */
export function createMasker(options: MaskOptions = {}): Masker {
  const source = new Source();
  const scanner = new Scanner(source, new Set(options.kinds ?? kinds));
  const style = options.style ?? 'label';
  let lastEnd = nowhere;
  let out = '';
  const sink = {
    text: (from: number, to: number) => {
      out += source.slice(from, to);
    },
    found: (kind: Kind, from: number, to: number) => {
      // The rest of a key that was already replaced.
      if (from !== lastEnd || kind !== 'key') out += replacement(kind, style);
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
    return out;
  };
  return {
    push(chunk) {
      source.append(chunk);
      return advance();
    },
    end() {
      source.end();
      return advance();
    },
  };
}

const nowhere = Number.NEGATIVE_INFINITY;

const replacement = (kind: Kind, style: NonNullable<MaskOptions['style']>): string =>
  style === 'label' ? `[${kind.toUpperCase()}]` : style === 'stars' ? '*****' : '';

/** A whole text with its personal data hidden. */
export function maskText(text: string, options: MaskOptions = {}): string {
  const masker = createMasker(options);
  return masker.push(text) + masker.end();
}
