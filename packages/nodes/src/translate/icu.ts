/** A message of the ICU MessageFormat that chooses between texts: `{count, plural, one {# item} other {# items}}`. */
export interface IcuMessage {
  argument: string;
  kind: 'plural' | 'select' | 'selectordinal';
  /** The text of each branch by its selector: `one`, `other`, `=0`, `female`. */
  branches: ReadonlyMap<string, string>;
  start: number;
  /** Exclusive. */
  end: number;
}

/** A longer message is text like any other: looking for its end at every brace must stay cheap. */
const longest = 20_000;
/** A text with more beginnings that have no end is none of messages. */
const mostMisses = 100;
const head = /\{\s*([\w.-]{1,100})\s*,\s*(plural|selectordinal|select)\s*,\s*(?:offset:\d{1,9}\s*)?/y;
const selector = /\s*(=\d{1,9}|[^\s{}=,']{1,100})\s*\{/y;
const close = /\s*\}/y;

/** All messages of a text that are whole, outermost only, in order. */
export function icuMessages(text: string): IcuMessage[] {
  const found: IcuMessage[] = [];
  let misses = 0;
  let at = text.indexOf('{');
  while (at !== -1 && misses < mostMisses) {
    const message = icuAt(text, at);
    if (message !== undefined) found.push(message);
    else if (matchAt(head, text, at) !== null) misses += 1;
    at = text.indexOf('{', message?.end ?? at + 1);
  }
  return found;
}

function icuAt(text: string, start: number): IcuMessage | undefined {
  const opening = matchAt(head, text, start);
  if (opening === null) return undefined;
  const branches = new Map<string, string>();
  let at = start + opening[0].length;
  for (let chosen = matchAt(selector, text, at); chosen !== null; chosen = matchAt(selector, text, at)) {
    const from = at + chosen[0].length;
    const to = closingBrace(text, from, start + longest);
    if (to === -1 || branches.has(chosen[1] as string)) return undefined;
    branches.set(chosen[1] as string, text.slice(from, to));
    at = to + 1;
  }
  const closing = matchAt(close, text, at);
  if (closing === null || branches.size === 0) return undefined;
  const [, argument = '', kind] = opening;
  return { argument, kind: kind as IcuMessage['kind'], branches, start, end: at + closing[0].length };
}

/** The brace that closes what was opened before `from`; -1 where there is none. A quoted brace, `'{'`, is text. */
function closingBrace(text: string, from: number, limit: number): number {
  let depth = 1;
  for (let at = from; at < text.length && at < limit; at += 1) {
    const here = text[at];
    if (here === "'" && /[{}]/.test(text[at + 1] ?? '')) {
      const end = text.indexOf("'", at + 1);
      if (end !== -1) at = end;
    } else if (here === '{') depth += 1;
    else if (here === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
