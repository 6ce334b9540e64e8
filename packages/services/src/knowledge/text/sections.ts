import type { DocumentText } from './document-text.ts';

/** What stands under one heading, up to the next. */
export interface Section {
  headings: readonly string[];
  start: number;
  end: number;
}

const longestTitle = 200;
/** A heading with its marks and its words, or the beginning or end of a fence. */
const turns = /^ {0,3}(?:(#{1,6})[^\S\n]+([^\n]*)|(`{3,}|~{3,})[^\n]*)(?:\n|$)/gm;

/** The document by its headings, which themselves are no part of any section. Lines within fences are code, not headings. */
export function* sectionsOf({ text, headed }: DocumentText): Generator<Section> {
  let path: { level: number; title: string }[] = [];
  let start = 0;
  let fence = '';
  for (const match of headed ? text.matchAll(turns) : []) {
    const [line, marks, words = '', mark = ''] = match;
    if (marks === undefined) {
      if (fence === '') fence = mark;
      else if (mark.startsWith(fence)) fence = '';
      continue;
    }
    if (fence !== '') continue;
    yield { headings: titlesOf(path), start, end: match.index };
    const level = marks.length;
    // Cut first: what closes a heading is looked for at every space of it.
    const title = words
      .trimEnd()
      .slice(0, longestTitle)
      .replace(/\s*#+$/, '');
    path = [...path.filter((above) => above.level < level), { level, title }];
    start = match.index + line.length;
  }
  yield { headings: titlesOf(path), start, end: text.length };
}

const titlesOf = (path: readonly { title: string }[]): string[] => path.map(({ title }) => title).filter((title) => title !== '');
