import { languageOf, sentencesOf } from './language.ts';
import { summarize } from './summarize.ts';

/** Slips people make every day; the demo model knows no others. */
const slips = new Map([
  ['teh', 'the'],
  ['recieve', 'receive'],
  ['recieved', 'received'],
  ['adress', 'address'],
  ['occured', 'occurred'],
  ['seperate', 'separate'],
  ['definately', 'definitely'],
  ['tommorow', 'tomorrow'],
  ['wich', 'which'],
  ['alot', 'a lot'],
  ['dont', "don't"],
  ['cant', "can't"],
  ['doesnt', "doesn't"],
  ['isnt', "isn't"],
  ['im', "I'm"],
]);
const formal: readonly [RegExp, string][] = [
  [/\bcan't\b/g, 'cannot'],
  [/\bwon't\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|would|could|should)n't\b/gi, '$1 not'],
  [/\bI'm\b/g, 'I am'],
  [/\b(we|you|they)'re\b/gi, '$1 are'],
  [/\bgonna\b/gi, 'going to'],
  [/\b(?:Hi|Hey)\b/g, 'Hello'],
  [/\bASAP\b/gi, 'as soon as possible'],
  [/你好/g, '您好'],
  [/你们/g, '贵方'],
  [/你/g, '您'],
];

interface Wish {
  text: string;
  tone: string;
  length: 'keep' | 'shorter' | 'longer';
  fix: boolean;
}

/** What rules can do to a text: common slips, spaces, capitals, formal forms, and fewer sentences. The rest stays as it is. */
export function rewrite({ text, tone, length, fix }: Wish): string {
  let shown = fix ? corrected(text) : text;
  if (tone === 'formal') for (const [pattern, form] of formal) shown = shown.replace(pattern, form);
  return length === 'shorter' ? summarize(shown, Math.ceil(sentencesOf(shown).length / 2)) : shown;
}

function corrected(text: string): string {
  const tidy = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ([,.;:!?])(?=\s|$)/g, '$1')
    .replace(/[A-Za-z']+/g, (word) => likeFirst(word, slips.get(word.toLowerCase())))
    .replace(/\bi\b(?!\.)/g, 'I')
    .trim();
  if (languageOf(tidy) === 'zh') return tidy;
  return tidy.replace(/(^|[.!?]\s+)(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function likeFirst(word: string, right: string | undefined): string {
  if (right === undefined) return word;
  return /^[A-Z]/.test(word) ? right.charAt(0).toUpperCase() + right.slice(1) : right;
}
