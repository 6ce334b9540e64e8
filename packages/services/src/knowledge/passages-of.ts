import type { NewPassage } from '@patchbay/db';
import type { Chunk } from './text/chunks.ts';
import { wordsOf } from './text/words-of.ts';

const wordsIn = (text: string): string[] => [...wordsOf(text)].map(({ word }) => word);

/** A passage as it is stored: it is found by the words of its document's name and headings, too. */
export function passageOf(name: string, chunk: Chunk, position: number): NewPassage {
  const { text, headings, start, page } = chunk;
  const title = name.replace(/\.[a-z0-9]{1,10}$/i, '');
  return { position, headings, start, page, text, words: { head: wordsIn([title, ...headings].join('\n')), body: wordsIn(text) } };
}

/** What a passage is turned into a vector by: without its headings it may not say what it is about. */
export const textForVector = ({ headings, text }: { headings: readonly string[]; text: string }): string =>
  headings.length === 0 ? text : `${headings.join(' › ')}\n\n${text}`;
