import { RE2JS, RE2JSSyntaxException } from 're2js';
import { StepError } from './step-error.ts';

/** A regular expression of an author: found in linear time whatever the text. Look-around and back-references do not exist. */
export interface Pattern {
  /** Whether it is found anywhere in the text. */
  test(text: string): boolean;
  /** `$1` and `$&` have no meaning in the replacement. */
  replaceAll(text: string, replacement: string): string;
}

/** Longest pattern, in UTF-16 units. */
export const patternLimit = 1_000;
const kept = 200;
const compiled = new Map<string, Pattern>();

/** Compiles a pattern with the flags `i`, `m` and `s`. Throws StepError `invalid_input` for one that cannot be. */
export function compilePattern(source: string, flags: string): Pattern {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const pattern = compile(source, flags);
  if (compiled.size >= kept) compiled.delete(compiled.keys().next().value as string);
  compiled.set(key, pattern);
  return pattern;
}

function compile(source: string, flags: string): Pattern {
  if (source.length > patternLimit) throw new StepError('invalid_input', 'pattern_too_long', { limit: patternLimit });
  try {
    const expression = RE2JS.compile(source, bits(flags));
    return {
      test: (text) => expression.test(text),
      replaceAll: (text, replacement) => expression.matcher(text).replaceAll(() => replacement),
    };
  } catch (error) {
    const problem = error instanceof RE2JSSyntaxException ? error.getDescription() : 'size';
    throw new StepError('invalid_input', 'bad_pattern', { pattern: source.slice(0, 80), problem });
  }
}

function bits(flags: string): number {
  return (
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('s') ? RE2JS.DOTALL : 0)
  );
}
