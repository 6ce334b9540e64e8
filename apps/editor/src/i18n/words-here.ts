import { readTexts } from '../api/word-texts.ts';
import { firstLocale } from './first-locale.ts';
import { createWordTables } from './word-tables.ts';

/** The words of this page. */
export const wordsHere = createWordTables(firstLocale(), readTexts);
