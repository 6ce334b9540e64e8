import { findPersonalData } from './find.ts';
import type { Kind, Span } from './kinds.ts';

/** A text with the places that ought to be hidden. */
export interface MarkedText {
  language: string;
  text: string;
  spans: Span[];
}

/** Reads lines of `language, tab, text` in which `⟦kind:value⟧` marks what ought to be hidden. */
export function readMarked(file: string): MarkedText[] {
  return file
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [language = '', marked = ''] = line.split('\t');
      const spans: Span[] = [];
      let text = '';
      for (const part of marked.split(/(⟦[^⟧]*⟧)/)) {
        const [, kind, value] = /^⟦(\w+):(.*)⟧$/.exec(part) ?? [];
        if (kind !== undefined && value !== undefined)
          spans.push({ kind: kind.replace(/^(?:cn|eu)_/, '') as Kind, start: text.length, end: text.length + value.length });
        text += value ?? part;
      }
      return { language, text, spans };
    });
}

export interface Figures {
  texts: number;
  /** Texts without anything to hide. */
  negatives: number;
  marked: number;
  /** Marked places that are hidden whole, whatever the kind. */
  hidden: number;
  /** Finds, and those of them that touch no marked place. */
  finds: number;
  falseFinds: number;
  /** Texts without anything to hide in which something is hidden. */
  falseTexts: number;
  byKind: Record<string, { marked: number; hidden: number }>;
  misses: string[];
  alarms: string[];
}

export function figuresOf(texts: readonly MarkedText[]): Figures {
  const figures: Figures = {
    texts: texts.length,
    negatives: 0,
    marked: 0,
    hidden: 0,
    finds: 0,
    falseFinds: 0,
    falseTexts: 0,
    byKind: {},
    misses: [],
    alarms: [],
  };
  for (const { text, spans } of texts) {
    const found = findPersonalData(text);
    const alarms = found.filter((find) => !spans.some((span) => find.start < span.end && span.start < find.end));
    figures.finds += found.length;
    figures.falseFinds += alarms.length;
    if (spans.length === 0) {
      figures.negatives += 1;
      if (found.length > 0) figures.falseTexts += 1;
    }
    for (const { kind, start, end } of alarms) figures.alarms.push(`${kind} ${text.slice(start, end)} | ${text}`);
    for (const span of spans) count(figures, text, span, found);
  }
  return figures;
}

function count(figures: Figures, text: string, span: Span, found: readonly Span[]): void {
  const kind = figures.byKind[span.kind] ?? { marked: 0, hidden: 0 };
  figures.byKind[span.kind] = kind;
  kind.marked += 1;
  figures.marked += 1;
  if (found.some(({ start, end }) => start <= span.start && end >= span.end)) {
    kind.hidden += 1;
    figures.hidden += 1;
  } else figures.misses.push(`${span.kind} ${text.slice(span.start, span.end)} | ${text}`);
}
