/**
 * The same keys with other texts: a word missing in one language is a type error.
 * Chinese has one plural form, so keys that end in `_one` may be left out.
 */
export type SameKeys<Texts> = {
  [Key in keyof Texts as Key extends `${string}_one` ? never : Key]: Texts[Key] extends string ? string : SameKeys<Texts[Key]>;
} & { [Key in keyof Texts as Key extends `${string}_one` ? Key : never]?: string };

/** One part's words in both languages. Plurals are written as i18next has them: `steps_one`, `steps_other`. */
export const defineWords = <const Texts>(words: {
  en: Texts;
  'zh-Hans': NoInfer<SameKeys<Texts>>;
}): {
  en: Texts;
  'zh-Hans': SameKeys<Texts>;
} => words;
