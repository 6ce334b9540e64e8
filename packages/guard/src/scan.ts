import { code, isAlphanumeric, isDigit, isKeyCharacter, isWord } from './characters.ts';
import { addressAt } from './detect/address.ts';
import { cardGroups } from './detect/card.ts';
import type { Check } from './detect/checks.ts';
import { emailAt } from './detect/email.ts';
import { hintAt } from './detect/european.ts';
import { ibanAt } from './detect/iban.ts';
import { identityAt } from './detect/identity.ts';
import { numberRunAt } from './detect/number-run.ts';
import { phoneGroups } from './detect/phone.ts';
import { keyAt } from './detect/secret-key.ts';
import type { Kind } from './kinds.ts';
import { nothing, type Source } from './source.ts';

type Detect = (source: Source, start: number, hints: readonly Check[]) => number;

/** In order: what is found first wins, so a phone number inside a mail address is a mail address. */
const detectors: readonly (readonly [Kind, Detect])[] = [
  ['key', keyAt],
  ['email', emailAt],
  ['iban', ibanAt],
  ['id', identityAt],
  ['card', (source, start) => groupsAt(source, start, cardGroups)],
  ['ip', addressAt],
  ['phone', (source, start) => groupsAt(source, start, phoneGroups)],
];

function groupsAt(source: Source, start: number, count: typeof phoneGroups): number {
  const first = source.at(start);
  if (!isDigit(first) && first !== code('+') && first !== code('(')) return 0;
  const run = numberRunAt(source, start);
  const groups = run === undefined ? 0 : count(run);
  const end = run?.ends[groups - 1];
  return end === undefined || isAlphanumeric(source.at(end)) ? 0 : end - start;
}

export interface Found {
  kind: Kind;
  length: number;
}

/** What a scanner tells, in order: text that is free of personal data, or a find. A key may be told in several pieces. */
export interface Sink {
  text(from: number, to: number): void;
  found(kind: Kind, from: number, to: number): void;
}

/** How far a word such as `PESEL` reaches, in characters after it. */
const hintReach = 48;

/**
 * Walks a source from left to right; a verdict depends only on the two characters before a place, on what follows, and on
 * words passed that name a kind of number.
 */
export class Scanner {
  private readonly source: Source;
  private readonly named: boolean;
  private readonly active: readonly (readonly [Kind, Detect])[];
  private place = 0;
  private swallowing = false;
  /** What a word shortly before says of the numbers after it. */
  private hints: readonly Check[] = [];
  private hintsEnd = 0;

  constructor(source: Source, wanted: ReadonlySet<Kind>) {
    this.source = source;
    this.active = detectors.filter(([kind]) => wanted.has(kind));
    this.named = wanted.has('id');
  }

  /** Goes as far as the text allows and answers where it stands; what is before that place is told. */
  run(sink: Sink): number {
    const { source } = this;
    let free = this.place;
    while (this.place < source.length) {
      if (this.swallowing) {
        this.swallow(sink);
        free = this.place;
        if (this.swallowing) break;
        continue;
      }
      const found = this.mayStart(this.place) ? this.detect() : undefined;
      if (found === 'starved') break;
      if (found === undefined) {
        this.place += 1;
        continue;
      }
      if (free < this.place) sink.text(free, this.place);
      sink.found(found.kind, this.place, this.place + found.length);
      this.place += found.length;
      this.swallowing = found.kind === 'key';
      free = this.place;
    }
    if (free < this.place) sink.text(free, this.place);
    return this.place;
  }

  /** The source has forgotten its first characters. */
  shift(count: number): void {
    this.place -= count;
    this.hintsEnd -= count;
  }

  /** The rest of a key, dots between its parts included. Still swallowing means that the text ran out first. */
  private swallow(sink: Sink): void {
    const { source } = this;
    const from = this.place;
    source.starved = false;
    while (isKeyCharacter(source.at(this.place)) || (source.at(this.place) === code('.') && isKeyCharacter(source.at(this.place + 1)))) {
      this.place += 1;
    }
    if (from < this.place) sink.found('key', from, this.place);
    this.swallowing = source.starved;
  }

  private detect(): Found | 'starved' | undefined {
    const { source } = this;
    source.starved = false;
    const hint = this.named ? hintAt(source, this.place) : undefined;
    if (source.starved) return 'starved';
    if (hint !== undefined) {
      this.hints = hint.checks;
      this.hintsEnd = this.place + hint.length + hintReach;
    }
    const hints = this.place < this.hintsEnd ? this.hints : [];
    for (const [kind, detect] of this.active) {
      source.starved = false;
      const length = detect(source, this.place, hints);
      if (source.starved) return 'starved';
      if (length > 0) return { kind, length };
    }
    return undefined;
  }

  /** Finds start where a word does, and not inside dotted or dashed numbers such as 2024-01-02 or v1.2.3. */
  private mayStart(place: number): boolean {
    const here = this.source.at(place);
    if (!isWord(here) && !starters.has(here)) return false;
    const before = place > 0 ? this.source.at(place - 1) : nothing;
    if (isWord(before) || (before === code('_') && here !== code('_'))) return false;
    return !(isDigit(here) && joiners.has(before) && place > 1 && isDigit(this.source.at(place - 2)));
  }
}

const starters = new Set([code('+'), code('('), code(':'), code('_')]);
const joiners = new Set([code('-'), code('.')]);
