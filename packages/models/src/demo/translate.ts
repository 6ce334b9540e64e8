import { languageOf, sentencesOf } from './language.ts';
import { otherPhrases, phrases } from './phrases.ts';

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

const toChinese = new Map(phrases.map(([en, zh]) => [bare(en), zh]));
// Of two phrases that mean the same, the one named first is answered.
const toEnglish = new Map(phrases.toReversed().map(([en, zh]) => [bare(zh), en]));

/** A longer text is handed back marked: cutting it into sentences would hold up everyone else. */
const longest = 100_000;

/**
 * Sentence by sentence from a phrase table, line breaks kept. A sentence that is not in the table stays as it is,
 * marked, so that nothing is lost and nobody takes it for a translation.
 */
export function translate(text: string, target: string): string {
  const language = targetOf(target);
  if (text.trim() === '' || language === languageOf(text)) return text;
  if (text.length > longest) return `${markOf(language)} ${text}`;
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : translateLine(line, language)))
    .join('\n');
}

function translateLine(line: string, target: string): string {
  const sentences = sentencesOf(line);
  const parts = sentences.map((sentence) => look(sentence, target));
  if (parts.every((part) => part === undefined)) return `${markOf(target)} ${line}`;
  const done = parts.map((part, index) => part ?? `${markOf(target)} ${sentences[index]}`);
  return done.join(target === 'zh' || target === 'ja' ? '' : ' ');
}

function look(sentence: string, target: string): string | undefined {
  const key = bare(sentence);
  if (target === 'zh') return withEnd(toChinese.get(key), sentence, { '.': '。', '!': '！', '?': '？' });
  const english = languageOf(sentence) === 'zh' ? toEnglish.get(key) : sentence;
  if (target === 'en') return withEnd(english, sentence, { '。': '.', '！': '!', '？': '?' });
  const table = Object.hasOwn(otherPhrases, target) ? otherPhrases[target] : undefined;
  const wanted = bare(english ?? '');
  return table !== undefined && Object.hasOwn(table, wanted) ? table[wanted] : undefined;
}

/** The sentence's own end mark in the other script, unless the phrase ends with one. */
function withEnd(phrase: string | undefined, sentence: string, marks: Record<string, string>): string | undefined {
  if (phrase === undefined || /\p{P}$/u.test(phrase)) return phrase;
  const last = sentence.at(-1) ?? '';
  const mark = marks[last] ?? (/[.!?。！？]/.test(last) ? last : '');
  return phrase + mark;
}

const markOf = (target: string): string => (target === 'zh' ? '[演示：未翻译]' : '[demo: not translated]');

/** `zh-Hans`, `Chinese`, `中文` and the like to the first part of a language tag. */
function targetOf(target: string): string {
  const wanted = target.trim().toLowerCase();
  const names: [RegExp, string][] = [
    [/^zh|chinese|中文|汉语|普通话/, 'zh'],
    [/^en|english|英/, 'en'],
    [/^es|spanish|西班牙/, 'es'],
    [/^fr|french|法/, 'fr'],
    [/^de|german|德/, 'de'],
    [/^ja|japanese|日/, 'ja'],
  ];
  return names.find(([pattern]) => pattern.test(wanted))?.[1] ?? wanted.slice(0, 2);
}
