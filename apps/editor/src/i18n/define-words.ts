import { addWords } from './spaces.ts';

/**
 * The same keys with other texts: a word missing in one language is a type error.
 * Chinese has one plural form, so keys that end in `_one` may be left out.
 */
export type SameKeys<Texts> = {
  [Key in keyof Texts as Key extends `${string}_one` ? never : Key]: Texts[Key] extends string ? string : SameKeys<Texts[Key]>;
} & { [Key in keyof Texts as Key extends `${string}_one` ? Key : never]?: string };

/**
 * One part's words in both languages, under the name by which `useTranslation` asks for them. They come with the code that
 * says them: whatever page or later part needs them imports their file. Plurals are written as i18next has them:
 * `steps_one`, `steps_other`.
 */
export function defineWords<const Texts extends object>(
  space: string,
  words: { en: Texts; 'zh-Hans': NoInfer<SameKeys<Texts>> },
): { en: Texts; 'zh-Hans': SameKeys<Texts> } {
  addWords(space, words);
  return words;
}
