import { stemmer } from 'stemmer';

/** A word as the index has it, and where it stands in the text. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** Runs of signs of languages that put no spaces between words, then words of all others. */
const runs =
  /((?:(?=[\p{L}\p{N}\p{M}])[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}ー])+)|(?=[\p{L}\p{N}])(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}ー])[\p{L}\p{N}\p{M}])+/gu;
/** A longer word is no word. */
const longest = 64;

/**
 * The words of a text, in order. Chinese is cut into pairs of signs that overlap: most of its words are two signs long, and
 * pairs need no dictionary that could cut a question unlike the text. Other words are put in lower case, without accents,
 * and English ones brought to their stem. Only letters, digits and marks remain.
 */
export function* wordsOf(text: string): Generator<PlacedWord> {
  for (const match of text.matchAll(runs)) {
    const start = match.index;
    if (match[1] === undefined) yield { word: plainWord(match[0]), start, end: start + match[0].length };
    else yield* pairsOf([...match[0]], start);
  }
}

function* pairsOf(signs: readonly string[], from: number): Generator<PlacedWord> {
  let start = from;
  for (let index = 0; index < signs.length; index += 1) {
    const [sign = '', next] = [signs[index], signs[index + 1]];
    if (next !== undefined) yield { word: (sign + next).normalize('NFKC'), start, end: start + sign.length + next.length };
    else if (signs.length === 1) yield { word: sign.normalize('NFKC'), start, end: start + sign.length };
    start += sign.length;
  }
}

function plainWord(word: string): string {
  const plain = word
    .slice(0, longest)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return /^[a-z]{3,}$/.test(plain) ? stemmer(plain) : plain || word.slice(0, longest).toLowerCase();
}
