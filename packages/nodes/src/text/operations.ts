import { type Json, valueToText } from '@patchbay/node-kit';
import type { Operation, TextConfig } from './text-config.ts';

export const separators: Record<TextConfig['separator'], string> = { paragraph: '\n\n', line: '\n', comma: ', ', space: ' ', nothing: '' };

/** Operations of one text that make one of it. */
export type Change = Exclude<Operation, 'template' | 'join' | 'split' | 'find_all' | 'split_pattern' | 'replace_pattern' | 'count'>;

export const change: Record<Change, (text: string, settings: TextConfig) => string> = {
  replace: (text, { find, replacement }) => (find === '' ? text : text.replaceAll(find, () => replacement)),
  slice: (text, { from, count }) => slice(text, from, count),
  title: (text) => text.replace(/\p{L}[\p{L}\p{M}'’]*/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()),
  trim: (text) => text.trim(),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  shorten: (text, { length }) => shorten(text, length),
};

export const texts = (value: Json): string[] => (Array.isArray(value) ? value.map(valueToText) : [valueToText(value)]);

/** Parts without the white space around them; empty parts are no parts. */
export function split(text: string, separator: TextConfig['separator']): string[] {
  const parts =
    separator === 'nothing'
      ? [...text]
      : separator === 'paragraph'
        ? text.split(/\n[^\S\n]*\n/)
        : separator === 'comma'
          ? text.split(/[,，、]/)
          : text.split(separator === 'line' ? '\n' : /\s+/);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Cuts between whole characters as a person sees them, and says so with an ellipsis. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length === length) return `${kept.slice(0, -1).join('').trimEnd()}…`;
    kept.push(segment);
  }
  return text;
}

/** Whole characters as a person counts them. */
function slice(text: string, from: number, count: number): string {
  let at = 0;
  let out = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (at >= from + count) break;
    if (at >= from) out += segment;
    at += 1;
  }
  return out;
}

/** Characters as a person counts them, words (of Chinese too, by dictionary), and lines. */
export function countText(text: string): Record<'characters' | 'words' | 'lines', number> {
  let characters = 0;
  let words = 0;
  for (const _ of new Intl.Segmenter().segment(text)) characters += 1;
  for (const { isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) if (isWordLike === true) words += 1;
  return { characters, words, lines: text === '' ? 0 : text.split(/\r\n|\r|\n/).length };
}
