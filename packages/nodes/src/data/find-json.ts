import { type Json, parseJsonText, StepError } from '@patchbay/node-kit';

/**
 * The JSON that a text is, or holds: alone, in a fenced block, or the first object or list that can be read.
 * Throws StepError `invalid_input` where there is none.
 */
export function findJson(text: string): Json {
  const whole = parse(text.trim());
  if (whole !== undefined) return whole;
  for (const part of [...fenced(text), ...bracketed(text)]) {
    const found = parse(part);
    if (found !== undefined) return found;
  }
  throw new StepError('invalid_input', 'no_json_inside', { start: text.slice(0, 80) });
}

function parse(text: string): Json | undefined {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}

function* fenced(text: string): Generator<string> {
  const parts = text.split('```');
  // Every second part stands between fences; the first line may name a language.
  for (let index = 1; index + 1 < parts.length; index += 2) yield (parts[index] ?? '').replace(/^[a-z\d]{0,20}\s/i, '');
}

/** Beginnings that are tried before a text is held to have no JSON. */
const tries = 50;

function* bracketed(text: string): Generator<string> {
  let at = nextOpening(text, 0);
  for (let count = 0; at !== -1 && count < tries; count += 1) {
    const end = closing(text, at);
    if (end !== -1) yield text.slice(at, end + 1);
    at = nextOpening(text, end === -1 ? at + 1 : end + 1);
  }
}

function nextOpening(text: string, from: number): number {
  const [list, record] = [text.indexOf('[', from), text.indexOf('{', from)];
  return list === -1 || record === -1 ? Math.max(list, record) : Math.min(list, record);
}

/** Where the bracket that opens at a place is closed, texts left out; -1 where it is not. */
function closing(text: string, open: number): number {
  let depth = 0;
  let inText = false;
  for (let at = open; at < text.length; at += 1) {
    const sign = text[at];
    if (inText && sign === '\\') at += 1;
    else if (sign === '"') inText = !inText;
    else if (!inText && (sign === '{' || sign === '[')) depth += 1;
    else if (!inText && (sign === '}' || sign === ']')) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
