import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';

const shown = (text: string, ...marks: [number, number][]) =>
  piecesOf(
    text,
    marks.map(([start, end]) => ({ start, end })),
  ).map(({ text: piece, marked }) => (marked ? `[${piece}]` : piece));

test.each<[string, [number, number][], string[]]>([
  ['Wash the filter.', [[9, 15]], ['Wash the ', '[filter]', '.']],
  ['Wash', [[0, 4]], ['[Wash]']],
  ['Wash it', [], ['Wash it']],
  [
    '年假有七天',
    [
      [0, 2],
      [3, 5],
    ],
    ['[年假]', '有', '[七天]'],
  ],
  ['', [], []],
])('%s', (text, marks, expected) => expect(shown(text, ...marks)).toEqual(expected));
