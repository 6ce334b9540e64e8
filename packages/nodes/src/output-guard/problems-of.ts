import type { Json, Locale, Words } from '@patchbay/node-kit';
import { fillWords } from '@patchbay/node-kit';
import { parseAnswer } from '../model-call/ask-data.ts';
import { findMisfit } from '../model-call/find-misfit.ts';
import { detectLanguage, isSameLanguage } from '../translate/detect-language.ts';
import { languageName } from '../translate/language-name.ts';

/** What a text has to be. */
export interface Rules {
  schema: Record<string, Json> | undefined;
  /** In characters as a person counts them. */
  shortest: number | undefined;
  longest: number | undefined;
  /** BCP 47 tag, or `auto` for any. */
  language: string;
}

/** A rule a text breaks. */
export type Problem =
  | { code: 'not_json' }
  | { code: 'misfit'; path: string; expected: string }
  | { code: 'too_short' | 'too_long'; limit: number; count: number }
  | { code: 'other_language'; found: string; wanted: string };

export interface Verdict {
  problems: Problem[];
  /** The value, where a schema is asked and the text is JSON. */
  data: Json | undefined;
}

/** Holds a text against rules. Its language is judged only where it is clear. */
export async function problemsOf(text: string, { schema, shortest, longest, language }: Rules): Promise<Verdict> {
  const problems: Problem[] = [];
  let data: Json | undefined;
  if (schema !== undefined) {
    data = jsonOf(text);
    const misfit = data === undefined ? undefined : findMisfit(schema, data);
    if (data === undefined) problems.push({ code: 'not_json' });
    else if (misfit !== undefined) problems.push({ code: 'misfit', path: misfit.path.join('.'), expected: misfit.expected });
  }
  const count = [...text.trim()].length;
  if (shortest !== undefined && count < shortest) problems.push({ code: 'too_short', limit: shortest, count });
  if (longest !== undefined && count > longest) problems.push({ code: 'too_long', limit: longest, count });
  const found = language === 'auto' ? undefined : await detectLanguage(text);
  if (found !== undefined && !isSameLanguage(found, bare(language))) problems.push({ code: 'other_language', found, wanted: language });
  return { problems, data };
}

/** A region says how a language is written, not which it is. */
function bare(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === 'zh' ? `zh-${script}` : language;
  } catch {
    return tag;
  }
}

function jsonOf(text: string): Json | undefined {
  try {
    return parseAnswer(text);
  } catch {
    return undefined;
  }
}

const words: Record<Problem['code'], Words> = {
  not_json: { en: 'The text is not JSON.', 'zh-Hans': '文本不是 JSON。' },
  misfit: { en: 'At “{path}” {expected} was asked for.', 'zh-Hans': '“{path}”处应为 {expected}。' },
  too_short: { en: 'The text has {count} characters, fewer than {limit}.', 'zh-Hans': '文本有 {count} 个字符，少于 {limit} 个。' },
  too_long: { en: 'The text has {count} characters, more than {limit}.', 'zh-Hans': '文本有 {count} 个字符，多于 {limit} 个。' },
  other_language: { en: 'The text is in {found}, not in {wanted}.', 'zh-Hans': '文本是{found}，不是{wanted}。' },
};

export function describe(problem: Problem, locale: Locale): string {
  const { code, ...params } = problem;
  if (problem.code !== 'other_language') return fillWords(words[code], params as Record<string, string | number>, locale);
  return fillWords(words[code], { found: languageName(problem.found, locale), wanted: languageName(problem.wanted, locale) }, locale);
}
