/** The languages of the interface, of errors and of node words. */
export const locales = ['en', 'zh-Hans'] as const;
export type Locale = (typeof locales)[number];
/** One text in every language; a missing one is a type error. */
export type Words = Record<Locale, string>;

/**
 * Something wrong with a document, with its place. Code and parameters are stored and sent;
 * the sentence is made for the reader by `describeProblem`.
 */
export interface Problem<Code extends string = string> {
  code: Code;
  severity: 'error' | 'warning';
  /** RFC 6901 pointer into the document, for example `/nodes/sort/config/labels/0`. */
  pointer: string;
  node?: string;
  /** Index into `edges`. */
  edge?: number;
  port?: string;
  params: Record<string, string | number>;
}
