import { weightOfSign } from './weight.ts';

interface Span {
  start: number;
  end: number;
}

const sentences = new Intl.Segmenter('zh', { granularity: 'sentence' });
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** A full stop, a mark or a line break ends a sentence; what stands right before the break is no sentence cut in two. */
export function splitEnd(text: string, { start, end }: Span, most: number): number {
  const limit = furthest(text, start, end, most);
  if (limit === end) return end;
  // Looked at a little beyond the limit, so that a break at the limit is known to be one.
  const window = text.slice(start, Math.min(end, limit + 64));
  return lastBreak(sentences, window, start, limit) ?? lastClause(text, start, limit) ?? lastBreak(words, window, start, limit) ?? limit;
}

/** How far a passage may reach, never into the middle of a character. */
function furthest(text: string, start: number, end: number, most: number): number {
  let weight = 0;
  for (let at = start; at < end; ) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
    weight += weightOfSign(sign);
    if (weight > most && at > start) return at;
    at += sign.length;
  }
  return end;
}

function lastBreak(segmenter: Intl.Segmenter, window: string, start: number, limit: number): number | undefined {
  let last: number | undefined;
  for (const { index } of segmenter.segment(window)) {
    const at = start + index;
    if (at > limit) break;
    if (index > 0) last = at;
  }
  return last;
}

/** Behind the last comma of the second half: a long sentence is best understood in clauses. */
function lastClause(text: string, start: number, limit: number): number | undefined {
  for (let at = limit; at > start + (limit - start) / 2; at -= 1)
    if (/[，；、：]|[,;:](?=\s)/.test(text.slice(at - 1, at + 1)[0] ?? '')) return at;
  return undefined;
}
