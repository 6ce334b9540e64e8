import { icuMessages } from './icu.ts';

/** A piece of a text that is translated and remembered by itself. */
export interface Segment {
  /** White space that stands before it. */
  gap: string;
  core: string;
}

export type SegmentBy = 'paragraph' | 'line';

export interface Segmented {
  segments: Segment[];
  /** White space at the end. */
  tail: string;
}

/** Cuts at blank lines or at every line break; never inside a fenced block of code or an ICU message. */
export function segmentsOf(text: string, by: SegmentBy): Segmented {
  const closed = [...icuMessages(text), ...fences(text)];
  const isOpen = (place: number) => !closed.some(({ start, end }) => place > start && place < end);
  const breaks = by === 'line' ? /\s*\n\s*/g : /[^\S\n]*\n[^\S\n]*\n\s*/g;
  const segments: Segment[] = [];
  const lead = /^\s*/.exec(text)?.[0] ?? '';
  const body = text.trimEnd();
  let gap = lead;
  let from = lead.length;
  for (const match of body.matchAll(breaks)) {
    if (match.index < from || !isOpen(match.index)) continue;
    segments.push({ gap, core: body.slice(from, match.index) });
    gap = match[0];
    from = match.index + gap.length;
  }
  if (from < body.length) segments.push({ gap, core: body.slice(from) });
  return { segments, tail: segments.length === 0 ? text : text.slice(body.length) };
}

/** Fenced blocks of code, line by line: a pattern would look for the end again at every beginning. */
function fences(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let open: number | undefined;
  for (const line of text.matchAll(/^```.*$/gm)) {
    if (open === undefined) open = line.index;
    else if (line[0].trim() === '```') {
      found.push({ start: open, end: line.index + 3 });
      open = undefined;
    }
  }
  return found;
}

/** The segments in order with the white space between them, as one text. */
export const joinSegments = (segments: readonly Segment[]): string =>
  segments.map(({ gap, core }, index) => (index === 0 ? core : gap + core)).join('');
