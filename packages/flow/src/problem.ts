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
  /** A parameter `x:zh-Hans` is what `x` is called in that language. Text with a place has `line` and `column`. */
  params: Record<string, string | number>;
}

/** One key or index as a step of an RFC 6901 pointer, without the slash. */
export const pointerStep = (key: string | number): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** An RFC 6901 pointer; the empty path is the whole document. */
export const toPointer = (path: readonly (string | number)[]): string => path.map((key) => `/${pointerStep(key)}`).join('');

/** The keys of a pointer, unescaped. */
export const fromPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
