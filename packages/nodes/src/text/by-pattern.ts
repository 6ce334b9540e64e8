import { compilePattern, fillForm, type Json, type Outputs, type PatternMatch, StepError, templateOutputLimit } from '@patchbay/node-kit';
import type { TextConfig } from './text-config.ts';

/** Most matches that are handed on as data, and how long the search may take altogether, in milliseconds. */
const mostMatches = 10_000;
const longestMs = 5_000;
/** How long one piece of the search may keep others from their turn. */
const sliceMs = 20;

/**
 * All matches in slices. Each search is linear, but as many searches as a text has characters are not: others have
 * their turn in between, a step that is stopped stops here, and what takes too long ends.
 */
async function* search(text: string, { pattern, matchCase }: TextConfig, signal: AbortSignal): AsyncGenerator<PatternMatch> {
  const begun = performance.now();
  let slice = begun;
  for (const match of compilePattern(pattern, matchCase ? 'm' : 'mi').matches(text)) {
    yield match;
    const now = performance.now();
    if (now - begun > longestMs) throw new StepError('timeout', 'pattern_slow', { seconds: longestMs / 1_000 });
    if (now - slice < sliceMs) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal.aborted) throw new StepError('cancelled', 'asked');
    slice = performance.now();
  }
}

/** The matches of a pattern with what its groups caught, as data. */
export async function findAll(text: string, settings: TextConfig, signal: AbortSignal): Promise<Outputs> {
  const matches: Json[] = [];
  const texts: string[] = [];
  for await (const { text: part, at, groups, named } of search(text, settings, signal)) {
    matches.push({ text: part, at, groups, named });
    texts.push(part);
    if (texts.length === mostMatches) break;
  }
  return { texts, matches };
}

/** The text with every match replaced; `$1` and the like in the replacement are what was caught. */
export async function replaceByPattern(text: string, settings: TextConfig, signal: AbortSignal): Promise<Outputs> {
  let out = '';
  let from = 0;
  for await (const match of search(text, settings, signal)) {
    out += text.slice(from, match.at) + fillForm(settings.replacement, match);
    from = match.at + match.text.length;
    if (out.length > templateOutputLimit) throw new StepError('invalid_input', 'text_too_long', { limit: templateOutputLimit });
  }
  return { text: out + text.slice(from) };
}

/** The parts between the matches. Empty parts stay: they say that two matches stand side by side. */
export async function splitByPattern(text: string, settings: TextConfig, signal: AbortSignal): Promise<Outputs> {
  const parts: string[] = [];
  let from = 0;
  for await (const match of search(text, settings, signal)) {
    if (match.text === '') continue;
    parts.push(text.slice(from, match.at));
    from = match.at + match.text.length;
  }
  return { texts: [...parts, text.slice(from)] };
}
