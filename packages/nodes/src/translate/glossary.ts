import type { Fault } from './compare.ts';

/** A word of the author and what it is to be called in the other language. */
export interface GlossaryTerm {
  term: string;
  translation: string;
  /** Capital and small letters matter. */
  matchCase: boolean;
}

/** The terms that stand in a text; words of alphabetic scripts only as whole words, so that `cat` is not in `category`. */
export const termsIn = (text: string, glossary: readonly GlossaryTerm[]): GlossaryTerm[] =>
  glossary.filter(
    ({ term, translation, matchCase }) => term.trim() !== '' && translation.trim() !== '' && holds(text, term.trim(), matchCase),
  );

/** A translation without a term its source asks for. In the answer any case will do: a sentence may begin with it. */
export const missingTerms = (source: string, answer: string, glossary: readonly GlossaryTerm[]): Fault[] =>
  termsIn(source, glossary)
    .filter(({ translation }) => !folded(answer).includes(folded(translation.trim())))
    .map(({ translation }) => ({ kind: 'term', text: translation.trim() }));

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

function holds(text: string, term: string, matchCase: boolean): boolean {
  const [where, what] = matchCase ? [text, term] : [folded(text), folded(term)];
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, at + 1)) {
    if (
      !goesOn(where.slice(Math.max(0, at - 2), at), what.slice(0, 2), -1) &&
      !goesOn(where.slice(at + what.length, at + what.length + 2), what.slice(-2), 0)
    )
      return true;
  }
  return false;
}

/** True where a letter or figure outside the term continues the word it begins or ends with. Chinese, Japanese and Thai write no spaces. */
function goesOn(outside: string, edge: string, place: number): boolean {
  const next = [...outside].at(place) ?? '';
  const own = [...edge].at(place === 0 ? -1 : 0) ?? '';
  return isJoined(next) && isJoined(own);
}

const isJoined = (character: string): boolean =>
  /[\p{L}\p{N}\p{M}]/u.test(character) &&
  !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hangul}]/u.test(character);
