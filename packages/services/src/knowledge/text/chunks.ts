import type { DocumentText } from './document-text.ts';
import { type Section, sectionsOf } from './sections.ts';
import { splitEnd } from './split-end.ts';
import { weightOf } from './weight.ts';

/** A passage of a document: `text.slice(start, start + passage.length)` of it. */
export interface Chunk {
  text: string;
  /** The headings it stands under, outermost first. */
  headings: readonly string[];
  start: number;
  page: number | null;
}

export interface ChunkLimits {
  /** A passage is at most this heavy; see `weightOf`. */
  most: number;
}
export const usualLimits: ChunkLimits = { most: 300 };

/**
 * A document cut into passages from its beginning to its end: at headings, then at paragraphs, then at the ends of
 * sentences, and within a sentence that alone is too long between words. Nothing but white space and headings is left out.
 */
export function* chunksOf(document: DocumentText, limits: ChunkLimits = usualLimits): Generator<Chunk> {
  const pageAt = pageFinder(document.pageStarts);
  for (const section of sectionsOf(document)) {
    for (const { start, end } of piecesOf(document.text, section, limits)) {
      yield { text: document.text.slice(start, end), headings: section.headings, start, page: pageAt(start) };
    }
  }
}

interface Span {
  start: number;
  end: number;
}

function* piecesOf(text: string, section: Section, { most }: ChunkLimits): Generator<Span> {
  let open: (Span & { weight: number }) | undefined;
  for (const paragraph of paragraphsOf(text, section)) {
    const weight = weightOf(text.slice(paragraph.start, paragraph.end), most);
    if (open !== undefined) {
      // The blank lines between two paragraphs of one passage are part of it.
      const together = open.weight + weightOf(text.slice(open.end, paragraph.start)) + weight;
      if (together <= most) {
        open = { start: open.start, end: paragraph.end, weight: together };
        continue;
      }
    }
    if (open !== undefined) yield open;
    open = undefined;
    if (weight <= most) open = { ...paragraph, weight };
    else yield* cut(text, paragraph, most);
  }
  if (open !== undefined) yield open;
}

/** Stretches between blank lines, without the white space around them. */
function* paragraphsOf(text: string, { start, end }: Span): Generator<Span> {
  const gap = /\n[^\S\n]*(?:\n\s*|$)/g;
  let from = start;
  while (from < end) {
    gap.lastIndex = from;
    const found = gap.exec(text);
    const to = found === null || found.index > end ? end : found.index;
    const span = trimmed(text, from, to);
    if (span.start < span.end) yield span;
    from = found === null ? end : Math.max(to + 1, Math.min(end, gap.lastIndex));
  }
}

function* cut(text: string, { start, end }: Span, most: number): Generator<Span> {
  for (let from = start; from < end; ) {
    const to = splitEnd(text, { start: from, end }, most);
    const span = trimmed(text, from, to);
    if (span.start < span.end) yield span;
    from = to;
  }
}

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && isSpace(text, start)) start += 1;
  while (end > start && isSpace(text, end - 1)) end -= 1;
  return { start, end };
}

const isSpace = (text: string, at: number): boolean => /\s/.test(text[at] ?? '');

function pageFinder(starts: readonly number[] | undefined): (at: number) => number | null {
  if (starts === undefined) return () => null;
  let page = 0;
  return (at) => {
    while (page < starts.length && (starts[page] ?? 0) <= at) page += 1;
    return page + 1;
  };
}
