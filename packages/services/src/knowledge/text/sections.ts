import type { DocumentText } from './document-text.ts';

/** What stands under one heading, up to the next. */
export interface Section {
  headings: readonly string[];
  start: number;
  end: number;
}

const deepest = 200;

/** The document by its headings, which themselves are no part of any section. Lines within fences are code, not headings. */
export function* sectionsOf({ text, headed }: DocumentText): Generator<Section> {
  if (!headed) return yield { headings: [], start: 0, end: text.length };
  let path: { level: number; title: string }[] = [];
  let start = 0;
  let fence = '';
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(at, Math.min(end, at + 1_000)).trimEnd();
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (mark.startsWith(fence) && mark !== '') fence = '';
    const heading = fence === '' ? /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) : null;
    if (heading !== null) {
      yield { headings: titlesOf(path), start, end: at };
      const level = heading[1]?.length ?? 1;
      path = [...path.filter((above) => above.level < level), { level, title: (heading[2] ?? '').slice(0, deepest) }];
      start = end;
    }
    at = end;
  }
  yield { headings: titlesOf(path), start, end: text.length };
}

const titlesOf = (path: readonly { title: string }[]): string[] => path.map(({ title }) => title).filter((title) => title !== '');
