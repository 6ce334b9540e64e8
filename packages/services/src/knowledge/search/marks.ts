import { wordsOf } from '../text/words-of.ts';

/** A stretch of a text, in UTF-16 units. */
export interface Mark {
  start: number;
  end: number;
}

/** Where words of the question stand in a passage; what touches or overlaps is one stretch. */
export function marksOf(text: string, words: ReadonlySet<string>): Mark[] {
  const marks: Mark[] = [];
  for (const { word, start, end } of wordsOf(text)) {
    if (!words.has(word)) continue;
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  return marks;
}
