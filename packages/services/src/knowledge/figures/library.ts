import { readdirSync, readFileSync } from 'node:fs';

const place = new URL('../../../testdata/', import.meta.url);

/** A question with where its answer stands. */
export interface Asked {
  question: string;
  /** Name of the document. */
  document: string;
  /** Words that stand in the right passage and nowhere else in the document. */
  answer: string;
}

/** The documents that retrieval is measured by, by file name. */
export const readLibrary = (): { name: string; text: string }[] =>
  readdirSync(new URL('library/', place))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(`library/${name}`, place), 'utf8') }));

/** The questions, half of them in Chinese. They were written before there was a search, in other words than the documents where a person would use others. */
export const readQuestions = (): Asked[] =>
  readFileSync(new URL('questions.tsv', place), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [question = '', document = '', answer = ''] = line.split('\t');
      return { question, document, answer };
    });

export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
