import { dirname, join } from 'node:path/posix';
import { type Json, type Locale, locales } from '@patchbay/flow';
import { type Plugin, parseSync } from 'vite';

/** What is read of a built chunk. */
export interface SplitChunk {
  fileName: string;
  code: string;
  isEntry: boolean;
  /** Names of the chunks that come before it, and of those it may ask for later. */
  imports: string[];
}

interface Split {
  /** The chunks' new code by file name. */
  code: Map<string, string>;
  /** Files of texts, by name. */
  files: Map<string, string>;
}

/** Fewer characters of text, in all languages, are not worth a request of their own. */
const worthAFile = 1_000;

/** Where `chunk` has its texts in one language. */
export const wordsFile = (chunk: string, locale: Locale): string => chunk.replace(/\.js$/, `.${locale}.json`);
const partOf = (chunk: string): string => chunk.replace(/^.*\//, '').replace(/\.js$/, '');

/**
 * A text stands in the sources in all languages, in one object; a reader reads one of them. In the built program the texts
 * of a chunk stand in a file for each language, and code is loaded after those of its texts that its reader reads.
 */
export function splitWords(): Plugin {
  return {
    name: 'patchbay-split-words',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const { code, files } = split(chunks);
        for (const chunk of chunks) chunk.code = code.get(chunk.fileName) ?? chunk.code;
        for (const [fileName, source] of files) this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
}

export function split(chunks: readonly SplitChunk[]): Split {
  const before = closures(chunks);
  const early = new Set(chunks.filter((chunk) => chunk.isEntry).flatMap((chunk) => [...(before.get(chunk.fileName) ?? [])]));
  const parsed = chunks.map((chunk) => ({ ...chunk, ...read(chunk.code) }));
  const splits = new Set(parsed.flatMap(({ fileName, texts }) => (!early.has(fileName) && sizeOf(texts) >= worthAFile ? [fileName] : [])));
  const result: Split = { code: new Map(), files: new Map() };
  for (const { fileName, code, texts, imports } of parsed) {
    const edits = imports.flatMap(({ source, start, end }): Edit[] => {
      const wanted = [...(before.get(join(dirname(fileName), source)) ?? [])];
      const parts = wanted.filter((name) => splits.has(name) && before.get(fileName)?.has(name) !== true).map(partOf);
      if (parts.length === 0) return [];
      return [{ start, end, text: `patchbayWords.before(${JSON.stringify(parts)},()=>${code.slice(start, end)})` }];
    });
    if (splits.has(fileName)) {
      edits.push({ start: 0, end: 0, text: `const __word=patchbayWords.of(${JSON.stringify(partOf(fileName))});` });
      edits.push(...texts.map(({ start, end }, index) => ({ start, end, text: `__word(${index})` })));
      for (const locale of locales) {
        result.files.set(wordsFile(fileName, locale), JSON.stringify(texts.map(({ values }) => values[locale])));
      }
    }
    if (edits.length > 0) result.code.set(fileName, edited(code, edits));
  }
  return result;
}

const edited = (code: string, edits: readonly Edit[]): string =>
  edits.toSorted((a, b) => b.start - a.start).reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);

const sizeOf = (texts: readonly Text[]): number => texts.reduce((sum, { values }) => sum + JSON.stringify(values).length, 0);

/** Each chunk with all that is loaded before it, itself among them. */
function closures(chunks: readonly SplitChunk[]): Map<string, Set<string>> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const visit = (name: string, seen: Set<string>): Set<string> => {
    const chunk = byName.get(name);
    if (chunk === undefined || seen.has(name)) return seen;
    seen.add(name);
    for (const next of chunk.imports) visit(next, seen);
    return seen;
  };
  return new Map(chunks.map(({ fileName }) => [fileName, visit(fileName, new Set())]));
}

interface Span {
  start: number;
  end: number;
}
interface Edit extends Span {
  text: string;
}
interface Text extends Span {
  values: Record<Locale, Json>;
}
interface Import extends Span {
  source: string;
}
interface Node extends Span {
  type: string;
  [key: string]: unknown;
}

/** The texts in all languages and the places where other code is asked for. */
function read(code: string): { texts: Text[]; imports: Import[] } {
  const found = { texts: [] as Text[], imports: [] as Import[] };
  visitNode(parseSync('chunk.js', code).program, found);
  return found;
}

function visitNode(value: unknown, found: { texts: Text[]; imports: Import[] }): void {
  if (Array.isArray(value)) {
    for (const item of value) visitNode(item, found);
  } else if (isNode(value)) {
    const { start, end } = value;
    const values = value.type === 'ObjectExpression' ? textIn(value) : undefined;
    const source = value.type === 'ImportExpression' ? stringIn(value['source']) : undefined;
    if (values !== undefined) found.texts.push({ start, end, values });
    else if (source?.startsWith('./') === true) found.imports.push({ start, end, source });
    else visitNode(Object.values(value), found);
  }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** What an object says in each language, if it does nothing else and all of it is written out. */
function textIn(object: Node): Record<Locale, Json> | undefined {
  const properties = nodesOf(object['properties']);
  const values = new Map(properties.map((property) => [nameOf(property), property['value']]));
  const [en, zh] = [writtenOut(values.get('en')), writtenOut(values.get('zh-Hans'))];
  return properties.length === locales.length && en !== undefined && zh !== undefined ? { en, 'zh-Hans': zh } : undefined;
}

function nameOf(property: Node): string | undefined {
  const key = property['key'];
  if (property['computed'] === true || property['kind'] !== 'init' || !isNode(key)) return undefined;
  return key.type === 'Identifier' ? String(key['name']) : stringIn(key);
}

function stringIn(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  const [quasi, ...more] = node.type === 'TemplateLiteral' ? nodesOf(node['quasis']) : [];
  const value = more.length === 0 ? (quasi?.['value'] as { cooked?: string } | undefined) : undefined;
  return value?.cooked;
}

/** A text, list or tree of texts that is written out; undefined for what is computed. */
function writtenOut(node: unknown): Json | undefined {
  const text = stringIn(node);
  if (text !== undefined || !isNode(node)) return text;
  if (node.type === 'ArrayExpression') return all(nodesOf(node['elements']).map(writtenOut));
  if (node.type !== 'ObjectExpression') return undefined;
  const properties = nodesOf(node['properties']);
  const [names, values] = [all(properties.map(nameOf)), all(properties.map((property) => writtenOut(property['value'])))];
  return names && values && Object.fromEntries(values.map((value, index) => [names[index], value]));
}

const all = <Item>(items: readonly (Item | undefined)[]): Item[] | undefined => {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
};
