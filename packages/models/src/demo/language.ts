/** The two languages the demo model writes. Any Han character in a fair part of the text makes it Chinese. */
export type DemoLanguage = 'en' | 'zh';

export function languageOf(text: string): DemoLanguage {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  // One Han character says about as much as three Latin letters.
  return han * 3 > letters - han ? 'zh' : 'en';
}

/** Sentences with the space around them taken off. */
export function sentencesOf(text: string, language = languageOf(text)): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment.trim()).filter((sentence) => sentence !== '');
}

/** Words in lower case, Chinese cut by dictionary. */
export function wordsOf(text: string, language = languageOf(text)): string[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase());
}

/** What a text gives away at a glance, cut at a word. */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}
