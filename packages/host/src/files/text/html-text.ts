import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

const left = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'head',
  'nav',
  'select',
  'textarea',
  'button',
]);
const blocks = new Set(
  'address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
/** Set apart by an empty line, not only by a new one. */
const apart = new Set('article blockquote figure h1 h2 h3 h4 h5 h6 main ol p pre section table ul'.split(' '));

/** Deeper than this a page is made to do harm. */
const deepest = 500;

/** What a person reads of a page: its text in lines, headings marked as in Markdown, cells of a row apart by tabs. */
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

function write(node: Node, lines: Lines, depth: number, within: 'pre' | 'cell' | undefined = undefined): void {
  if (depth > deepest) return;
  if (node.nodeName === '#text' && 'value' in node) {
    writeText(node.value, lines, within === 'pre');
    return;
  }
  if (!('childNodes' in node) || left.has(node.nodeName)) return;
  const name = node.nodeName;
  const cell = name === 'td' || name === 'th';
  // A cell is one piece of its row's line, whatever stands in it.
  const end = (): void => (within === 'cell' ? lines.add(' ') : lines.end(apart.has(name)));
  if (name === 'br' || blocks.has(name)) end();
  if (/^h[1-6]$/.test(name)) lines.add(`${'#'.repeat(Number(name[1]))} `, true);
  if (name === 'li') lines.add('- ', true);
  const inner = cell ? 'cell' : (within ?? (name === 'pre' ? 'pre' : undefined));
  for (const child of node.childNodes) write(child, lines, depth + 1, inner);
  if (cell) lines.add('\t', true);
  else if (blocks.has(name)) end();
}

function writeText(text: string, lines: Lines, pre: boolean): void {
  if (!pre) lines.add(text.replaceAll(/\s+/g, ' '));
  else
    for (const [at, line] of text.split(/\r?\n/).entries()) {
      if (at > 0) lines.end();
      lines.add(line, true);
    }
}
