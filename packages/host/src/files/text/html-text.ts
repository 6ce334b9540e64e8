import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What holds nothing a person reads of a page; its menus lead elsewhere. */
const left = new Set('script style noscript template svg math iframe object head nav select textarea button'.split(' '));
const blocks = new Set(
  'address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
/** Set apart by an empty line, not only by a new one. */
const apart = new Set('article blockquote figure h1 h2 h3 h4 h5 h6 main ol p pre section table ul'.split(' '));

/** Deeper than this a page is made to do harm. */
const deepest = 500;

/**
 * What a person reads of a page: its text in lines, headings and code marked as in Markdown, cells of a row apart by tabs.
 * A page can be made to keep it busy for long, so it runs in a thread that is ended.
 */
export function htmlToText(html: string): string {
  const lines = createLines();
  for (const node of parse(html).childNodes) write(node, lines, 0);
  return lines.text();
}

interface Lines {
  add(text: string, asItIs?: boolean): void;
  /** Ends the line; `empty` sets what comes apart by an empty one. */
  end(empty?: boolean): void;
  text(): string;
}

function createLines(): Lines {
  const done: string[] = [];
  let line = '';
  let gap = false;
  let begins = true;
  const end = (empty = false): void => {
    // The mark of a list item waits for its text, which may stand in a block of its own.
    if (line === '- ') return;
    if (line.trim() !== '') {
      if (gap && done.length > 0) done.push('');
      done.push(line.replaceAll(' \t', '\t').trimEnd());
      gap = false;
    }
    line = '';
    begins = true;
    gap ||= empty;
  };
  return {
    end,
    add: (text, asItIs = false) => {
      const added = begins && !asItIs ? text.trimStart() : text;
      if (added === '') return;
      line += added;
      begins = /\s$/.test(added);
    },
    text: () => {
      end();
      return done.join('\n').trim();
    },
  };
}

function write(node: Node, lines: Lines, depth: number, inCell = false): void {
  if (depth > deepest) return;
  if (node.nodeName === '#text' && 'value' in node) lines.add(node.value.replaceAll(/\s+/g, ' '));
  if (!('childNodes' in node) || left.has(node.nodeName)) return;
  const name = node.nodeName;
  const cell = name === 'td' || name === 'th';
  // A cell is one piece of its row's line, whatever stands in it.
  const end = (): void => (inCell ? lines.add(' ') : lines.end(apart.has(name)));
  if (name === 'pre' && !inCell) {
    writeCode(codeIn(node, depth), lines);
    return;
  }
  if (name === 'br' || blocks.has(name)) end();
  if (/^h[1-6]$/.test(name)) lines.add(`${'#'.repeat(Number(name[1]))} `, true);
  if (name === 'li') lines.add('- ', true);
  for (const child of node.childNodes) write(child, lines, depth + 1, cell || inCell);
  if (cell) lines.add('\t', true);
  else if (blocks.has(name)) end();
}

/** The text of code as it is. */
function codeIn(node: Node, depth: number): string {
  if (depth > deepest) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (node.nodeName === 'br') return '\n';
  if (!('childNodes' in node) || left.has(node.nodeName)) return '';
  return node.childNodes.map((child) => codeIn(child, depth + 1)).join('');
}

/** Between fences, so that a line of it that begins with `#` is no heading. */
function writeCode(code: string, lines: Lines): void {
  lines.end(true);
  if (code.trim() === '') return;
  let fence = '```';
  for (const [marks] of code.matchAll(/`{3,}/g)) if (marks.length >= fence.length) fence = `${marks}\``;
  for (const line of [fence, ...code.split(/\r?\n/), fence]) {
    lines.add(line, true);
    lines.end();
  }
  lines.end(true);
}
