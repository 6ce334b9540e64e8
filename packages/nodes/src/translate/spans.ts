import { type IcuMessage, icuMessages } from './icu.ts';

/** A part of a text that a translation takes over as it is. */
export interface ProtectedSpan {
  kind: 'placeholder' | 'tag' | 'code' | 'address';
  text: string;
  start: number;
}

export interface Protection {
  spans: ProtectedSpan[];
  /** Messages whose words are to be translated and whose frame is not; their inside is not among the spans. */
  messages: IcuMessage[];
}

const address = String.raw`https?:\/\/[^\s<>"'${'`'}，。；：！？、（）「」《》]{1,2000}`;
const mail = String.raw`(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}`;
const placeholders = [
  // {{name}} of templates, [EMAIL_1] of masked text.
  String.raw`\{\{[^{}]{1,200}\}\}`,
  String.raw`\[[A-Z]{2,20}(?:_[A-Z0-9]{1,20})*\]`,
  // {name}, {0}, {}, {price, number}, ${name}, %{name}
  String.raw`[$%#]?\{\s{0,9}[\w.$-]{0,100}\s{0,9}(?:,[^{}]{0,200})?\}`,
  // %(name)s, %s, %1$d, %.2f, %@. A percent sign after a figure is a percent sign.
  String.raw`(?<![\d%])%\(\w{1,100}\)[sdif]`,
  String.raw`(?<![\d%])%(?:\d{1,3}\$)?[-+0#]{0,3}\d{0,4}(?:\.\d{1,3})?(?:hh|ll|[hlLqjzt])?[@sdiouxXfFeEgGcp]`,
].join('|');
const pattern = new RegExp(
  [
    String.raw`(?<code>${'```'}[\s\S]{0,20000}?${'```'}|${'`'}[^${'`'}\n]{1,500}${'`'})`,
    String.raw`(?<tag><!--[^>]{0,500}?-->|<\/?[A-Za-z][^<>]{0,2000}>)`,
    `(?<address>${address}|${mail})`,
    `(?<placeholder>${placeholders})`,
  ].join('|'),
  'g',
);

/** What of a text is to stay as it is. */
export function protect(text: string): Protection {
  const messages = icuMessages(text);
  const spans: ProtectedSpan[] = [];
  let from = 0;
  for (const { start, end } of [...messages, { start: text.length, end: text.length }]) {
    for (const match of text.slice(from, start).matchAll(pattern)) spans.push(spanOf(match, from));
    from = end;
  }
  return { spans, messages };
}

function spanOf(match: RegExpExecArray, offset: number): ProtectedSpan {
  const groups = match.groups ?? {};
  const kind = (['code', 'tag', 'address', 'placeholder'] as const).find((name) => groups[name] !== undefined) ?? 'placeholder';
  // What ends a sentence or a bracket does not belong to an address.
  const text = kind === 'address' ? match[0].replace(/[.,;:!?)\]]{1,20}$/, '') : match[0];
  return { kind, text, start: match.index + offset };
}

/** True where there is a word to translate besides what stays as it is. */
export function hasWords(text: string): boolean {
  const { spans, messages } = protect(text);
  if (messages.length > 0) return true;
  let rest = '';
  let from = 0;
  for (const span of spans) {
    rest += `${text.slice(from, span.start)} `;
    from = span.start + span.text.length;
  }
  return /\p{L}/u.test(rest + text.slice(from));
}
