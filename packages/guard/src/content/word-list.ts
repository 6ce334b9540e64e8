import { fold } from './normalise.ts';

/** A word of a list found in a text, with its place there (UTF-16 units, end exclusive). */
export interface WordHit {
  word: string;
  start: number;
  end: number;
}

const joined = /[\p{L}\p{N}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Finds words of a list, spelled as people spell them to get past one. Alphabetic words count only as whole words; exceptions never do. */
export function findWords(text: string, words: readonly string[], exceptions: readonly string[] = []): WordHit[] {
  if (words.length === 0) return [];
  const folded = fold(text);
  const spared = exceptions.flatMap((word) => hitsOf(folded.text, word));
  const hits = words.flatMap((word) =>
    hitsOf(folded.text, word)
      .filter(({ start, end }) => !spared.some((other) => other.start <= start && other.end >= end))
      .map(({ start, end }) => ({ word, start: folded.places[start] ?? 0, end: folded.places[end] ?? text.length })),
  );
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

function hitsOf(text: string, word: string): { start: number; end: number }[] {
  const wanted = fold(word.trim()).text;
  if (wanted === '') return [];
  const hits: { start: number; end: number }[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!continues(text, at - 1, wanted[0]) && !continues(text, end, wanted.at(-1))) hits.push({ start: at, end });
  }
  return hits;
}

/** True where a letter outside belongs to the same word as the edge of the find. */
function continues(text: string, place: number, edge: string | undefined): boolean {
  const outside = text[place];
  if (outside === undefined || edge === undefined) return false;
  return joined.test(outside) && joined.test(edge) && !unspaced.test(outside) && !unspaced.test(edge);
}

/** The text with each hit as stars, as many as it has characters. */
export function starWords(text: string, hits: readonly WordHit[]): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of hits) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    shown += text.slice(from, begin) + '*'.repeat([...text.slice(begin, end)].length);
    from = end;
  }
  return shown + text.slice(from);
}
