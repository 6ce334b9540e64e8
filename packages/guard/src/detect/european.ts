import { code, isAlphanumeric, isDigit, isLetter, isWord } from '../characters.ts';
import type { Source } from '../source.ts';
import * as check from './checks.ts';

/**
 * Numbers that give themselves away by their shape and a check too strong for chance. `shape` is what people write:
 * `9` a digit, `A` a letter, `*` either, anything else itself.
 */
const shaped: readonly { shapes: string[]; check: check.Check; keep?: RegExp }[] = [
  { shapes: ['99999999A', '99999999-A', 'A9999999A', 'A-9999999-A', 'A9999999-A'], check: check.isSpanish },
  { shapes: ['AAAAAA**A**A***A', 'AAA AAA **A** A***A'], check: check.isItalian },
  { shapes: ['9999999999999 99', '999999*99999999', '9 99 99 9* 999 999 99'], check: check.isFrench },
  { shapes: ['99999999999', '99.99.99-999.99', '999999-99999', '999999 999 99'], check: check.isBelgian },
  { shapes: ['999999-9999', '99999999-9999', '999999+9999'], check: check.isSwedish },
  { shapes: ['999999-999*', '999999A999*', '999999+999*'], check: check.isFinnish, keep: /[-+A-Z]/ },
  { shapes: ['999999/9999'], check: check.isCzech },
];

/** Numbers that any order number could be: they count only a little after a word that says what they are. */
const named: readonly { words: string[]; checks: check.Check[] }[] = [
  { words: ['bsn', 'burgerservicenummer', 'sofinummer'], checks: [check.isDutch] },
  { words: ['pesel'], checks: [check.isPolish] },
  { words: ['nif', 'contribuinte'], checks: [check.isPortuguese] },
  {
    words: ['steuer-id', 'steuerid', 'steueridentifikationsnummer', 'steuer-identifikationsnummer', 'idnr', 'tin'],
    checks: [check.isGerman],
  },
  { words: ['tax id', 'tax number', 'tax code', 'taxpayer'], checks: [check.isGerman, check.isPortuguese, check.isCroatian] },
  { words: ['personnummer', 'samordningsnummer', 'personal number'], checks: [check.isSwedish] },
  { words: ['pps', 'ppsn'], checks: [check.isIrish] },
  { words: ['cnp', 'cod numeric personal'], checks: [check.isRomanian] },
  { words: ['oib'], checks: [check.isCroatian] },
  { words: ['egn'], checks: [check.isBulgarian] },
  { words: ['rodné číslo', 'rodne cislo', 'rodné číslo'.normalize('NFD'), 'rc'], checks: [check.isCzech] },
];

/** What a word that names a kind of number makes of the numbers after it. */
export interface Hint {
  checks: readonly check.Check[];
  /** Length of the word. */
  length: number;
}

interface Shape {
  text: string;
  check: check.Check;
  keep: RegExp | undefined;
  /** How many digits, or letters, it begins with; at least so many where what comes then may be either. */
  lead: number;
  open: boolean;
}

const shapesOf = (first: '9' | 'A'): Shape[] =>
  shaped.flatMap(({ shapes, check: passes, keep }) =>
    shapes
      .filter((text) => text.startsWith(first))
      .map((text) => {
        const lead = text.length - text.replace(first === '9' ? /^9+/ : /^A+/, '').length;
        return { text, check: passes, keep, lead, open: text[lead] === '*' };
      }),
  );
const beginWithDigits = shapesOf('9');
const beginWithLetters = shapesOf('A');
const mostLead = 16;

const byFirst = new Map<number, { word: string; checks: check.Check[] }[]>();
for (const { words, checks } of named)
  for (const word of words) byFirst.set(code(word), [...(byFirst.get(code(word)) ?? []), { word, checks }]);

/** The naming word at a place, in any case; undefined where there is none. */
export function hintAt(source: Source, start: number): Hint | undefined {
  let best: Hint | undefined;
  for (const { word, checks } of byFirst.get(source.at(start) | 32) ?? []) {
    if (word.length > (best?.length ?? 0) && standsAt(source, start, word) && !isWord(source.at(start + word.length)))
      best = { checks, length: word.length };
  }
  return best;
}

function standsAt(source: Source, start: number, word: string): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const here = source.at(start + index);
    if (here < 0 || String.fromCharCode(here).toLowerCase() !== word.charAt(index)) return false;
  }
  return true;
}

/** Length of the European identity number at a place, 0 for none. `hints` are checks that words shortly before allow. */
export function europeanAt(source: Source, start: number, hints: readonly check.Check[]): number {
  const isFirst = isDigit(source.at(start)) ? isDigit : isLetter;
  let lead = 0;
  while (lead < mostLead && isFirst(source.at(start + lead))) lead += 1;
  if (lead === 0) return 0;
  for (const shape of isFirst === isDigit ? beginWithDigits : beginWithLetters) {
    if (shape.lead !== lead && !(shape.open && lead > shape.lead)) continue;
    const number = shapeAt(source, start, shape.text, shape.keep);
    if (number !== undefined && shape.check(number)) return shape.text.length;
  }
  return hints.length === 0 ? 0 : hintedAt(source, start, hints);
}

/** The bare number where the text has a shape and does not go on; `keep` says which signs belong to the number. */
function shapeAt(source: Source, start: number, shape: string, keep: RegExp | undefined): string | undefined {
  let number = '';
  for (let index = 0; index < shape.length; index += 1) {
    const here = source.at(start + index);
    const wanted = shape.charAt(index);
    const fits =
      wanted === '9' ? isDigit(here) : wanted === 'A' ? isLetter(here) : wanted === '*' ? isAlphanumeric(here) : here === code(wanted);
    if (!fits) return undefined;
    if (isAlphanumeric(here) || keep?.test(wanted) === true) number += String.fromCharCode(here).toUpperCase();
  }
  const end = start + shape.length;
  if (isWord(source.at(end))) return undefined;
  return (source.at(end) === code('-') || source.at(end) === code('.')) && isDigit(source.at(end + 1)) ? undefined : number;
}

const longest = 16;

/** A number in groups, as after a word that says what it is people write it: spaces, dots and dashes between digits. */
function hintedAt(source: Source, start: number, hints: readonly check.Check[]): number {
  if (!isDigit(source.at(start))) return 0;
  let number = '';
  let found = 0;
  for (let at = start; number.length < longest; at += 1) {
    const here = source.at(at);
    if (isAlphanumeric(here)) {
      number += String.fromCharCode(here).toUpperCase();
      if (!isWord(source.at(at + 1)) && hints.some((passes) => passes(number))) found = at + 1 - start;
    } else if (![' ', '.', '-', '/'].some((gap) => here === code(gap)) || !isAlphanumeric(source.at(at + 1))) break;
  }
  return found;
}
