import { type Matcher, RE2JS, RE2JSSyntaxException } from 're2js';
import { StepError } from './step-error.ts';

/** One place where a pattern was found. */
export interface PatternMatch {
  text: string;
  /** Offset in the text, in UTF-16 units. */
  at: number;
  /** What its groups caught, in order; null for one that took no part. */
  groups: (string | null)[];
  /** What its named groups caught. */
  named: Record<string, string | null>;
}

/** A regular expression of an author: found in linear time whatever the text. Look-around and back-references do not exist. */
export interface Pattern {
  /** Whether it is found anywhere in the text. */
  test(text: string): boolean;
  /**
   * The places from the left, none within another, found as they are asked for: one search reads the text once, many
   * searches can read it many times, so whoever wants all of them must look at the time. Throws StepError
   * `invalid_input` for a text over 1 Mi characters.
   */
  matches(text: string): Generator<PatternMatch>;
}

/** Longest pattern, in UTF-16 units. */
export const patternLimit = 1_000;
/** Longest text whose matches are told with their places, in UTF-16 units. */
export const matchedTextLimit = 1024 * 1024;
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
      matches: (text) => matchesOf(expression, text),
    };
  } catch (error) {
    const problem = error instanceof RE2JSSyntaxException ? error.getDescription() : 'size';
    throw new StepError('invalid_input', 'bad_pattern', { pattern: source.slice(0, 80), problem });
  }
}

function* matchesOf(expression: RE2JS, text: string): Generator<PatternMatch> {
  if (text.length > matchedTextLimit) throw new StepError('invalid_input', 'text_too_long', { limit: matchedTextLimit });
  const matcher = expression.matcher(text);
  while (matcher.find()) yield matchOf(matcher);
}

function matchOf(matcher: Matcher): PatternMatch {
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1) ?? null);
  return { text: matcher.group() ?? '', at: matcher.start(), groups, named: { ...matcher.getNamedGroups() } };
}

const placeholder = /\$(?:(\$)|(&)|(\d{1,2})|<([A-Za-z_]\w{0,99})>)/g;

/**
 * A form with what was caught: `$1`, `$<name>` and `$&`; `$$` is a dollar sign, and what names no group stays as it is
 * written.
 */
export function fillForm(form: string, { text, groups, named }: PatternMatch): string {
  return form.replace(placeholder, (written: string, dollar?: string, whole?: string, number?: string, name?: string) => {
    if (dollar !== undefined) return '$';
    if (whole !== undefined) return text;
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? '') : written;
    const index = Number(number);
    return index >= 1 && index <= groups.length ? (groups[index - 1] ?? '') : written;
  });
}

function bits(flags: string): number {
  return (
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('s') ? RE2JS.DOTALL : 0)
  );
}
