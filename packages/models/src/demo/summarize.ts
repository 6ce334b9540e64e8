import { languageOf, sentencesOf, wordsOf } from './language.ts';

/** The sentences that share most words with the rest, in the order they stand; the first one counts a little more. */
export function summarize(text: string, count: number): string {
  const language = languageOf(text);
  const sentences = sentencesOf(text, language);
  const wanted = Math.max(1, Math.floor(count) || 1);
  if (sentences.length <= wanted) return sentences.join(language === 'zh' ? '' : ' ');
  const words = sentences.map((sentence) => wordsOf(sentence, language).filter((word) => word.length > (language === 'zh' ? 1 : 3)));
  const frequency = new Map<string, number>();
  for (const word of words.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const ranked = words
    .map((own, index) => {
      const weight = own.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0) / Math.sqrt(own.length + 1);
      return { index, weight: weight * (index === 0 ? 1.5 : 1) };
    })
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, wanted)
    .sort((a, b) => a.index - b.index);
  return ranked.map(({ index }) => sentences[index]).join(language === 'zh' ? '' : ' ');
}
