import { Parser } from 'htmlparser2';
import { takeTurns } from './take-turns.ts';

/** What holds nothing a person reads. */
const silent = new Set('title script style noscript template svg nav iframe object select button textarea'.split(' '));
const blocks = new Set(
  'address article aside blockquote dd details div dl dt fieldset figcaption figure footer form header hr main ol p pre section table ul'.split(
    ' ',
  ),
);
/** Characters that are read in one go. */
const atOnce = 16_384;

/** The words of a page, with its headings as Markdown has them, paragraphs apart, and the cells of a row on one line. */
export async function htmlText(html: string): Promise<string> {
  const parts: string[] = [];
  let silence = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (silent.has(name)) silence += 1;
      if (silence === 0) parts.push(before(name));
    },
    ontext: (text) => {
      if (silence === 0) parts.push(text.replace(/\s+/g, ' '));
    },
    onclosetag: (name) => {
      if (silent.has(name)) silence -= 1;
      else if (silence === 0) parts.push(after(name));
    },
  });
  const rest = takeTurns();
  for (let at = 0; at < html.length; at += atOnce) {
    parser.write(html.slice(at, at + atOnce));
    await rest();
  }
  parser.end();
  return parts
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const levelOf = (name: string): number => Number(/^h([1-6])$/.exec(name)?.[1] ?? 0);

function before(name: string): string {
  const level = levelOf(name);
  if (level > 0) return `\n\n${'#'.repeat(level)} `;
  if (name === 'li') return '\n- ';
  if (name === 'br' || name === 'tr') return '\n';
  return blocks.has(name) ? '\n\n' : '';
}

function after(name: string): string {
  if (name === 'td' || name === 'th') return ' · ';
  return blocks.has(name) || levelOf(name) > 0 ? '\n\n' : '';
}
