import { defineWords } from '../define-words.ts';

export const inspectorWords = defineWords({
  en: {},
  'zh-Hans': {},
});
