import { type DemoLanguage, languageOf, sentencesOf, wordsOf } from './language.ts';

/** Words of questions, which say nothing of what is asked. */
const asking = new Set(
  (
    'who what when where why how which is are was were do does did can could the a an of to in on for and or it at by with from there have has will ' +
    '什么 谁 哪里 哪 怎么 多少 几 几点 何时 为什么 吗 的 了 是 在 有 呢 请问'
  ).split(' '),
);

const stem = (word: string): string => (/^[a-z]+$/.test(word) ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word);
const tellingWords = (text: string, language: DemoLanguage): Set<string> =>
  new Set(
    wordsOf(text, language)
      .filter((word) => !asking.has(word))
      .map(stem)
      .filter((word) => word !== ''),
  );

/** The sentence of the text that shares most words with the question, if it shares at least half of them. */
export function findAnswer({ text, question }: { text: string; question: string }): { found: boolean; answer: string; quotes: string[] } {
  const language = languageOf(text);
  const wanted = tellingWords(question, language);
  let best = { sentence: '', shared: 0 };
  for (const sentence of sentencesOf(text, language)) {
    const own = tellingWords(sentence, language);
    const shared = [...wanted].filter((word) => own.has(word)).length;
    if (shared > best.shared) best = { sentence, shared };
  }
  if (best.shared === 0 || best.shared * 2 < wanted.size) return { found: false, answer: '', quotes: [] };
  return { found: true, answer: best.sentence, quotes: [best.sentence] };
}
