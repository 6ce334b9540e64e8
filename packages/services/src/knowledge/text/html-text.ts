import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What holds nothing a person reads. */
const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'head', 'nav', 'iframe', 'object', 'select', 'button']);
const blocks = new Set(
  'address article aside blockquote dd details div dl dt fieldset figcaption figure footer form header hr main ol p pre section table ul'.split(
    ' ',
  ),
);

/** The words of a page, with its headings as Markdown has them, paragraphs apart, and the cells of a row on one line. */
export function htmlText(html: string): string {
  const parts: string[] = [];
  // By a list of what is left to do, since a page may be nested deeper than calls may be.
  const left: (Node | string)[] = [...parse(html).childNodes].reverse();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (next.nodeName === '#text' && 'value' in next) parts.push(next.value.replace(/\s+/g, ' '));
    else if ('tagName' in next && !silent.has(next.tagName)) left.push(...around(next).reverse());
  }
  return parts
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** An element's content with what keeps it apart from its surroundings. */
function around({ tagName, childNodes }: DefaultTreeAdapterTypes.Element): (Node | string)[] {
  const level = /^h([1-6])$/.exec(tagName)?.[1];
  if (level !== undefined) return [`\n\n${'#'.repeat(Number(level))} `, ...childNodes, '\n\n'];
  if (tagName === 'br') return ['\n'];
  if (tagName === 'li') return ['\n- ', ...childNodes];
  if (tagName === 'tr') return ['\n', ...childNodes];
  if (tagName === 'td' || tagName === 'th') return [...childNodes, ' · '];
  return blocks.has(tagName) ? ['\n\n', ...childNodes, '\n\n'] : childNodes;
}
