import 'i18next';
import type { allWords } from './all-words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { [Space in keyof typeof allWords]: (typeof allWords)[Space]['en'] };
  }
}
