import type { Json } from './json.ts';
import { fromPointer, type Problem, toPointer } from './problem.ts';

/** What the reader of JSON text finds fault with. */
export type TextCode =
  | 'not_json'
  | 'duplicate_key'
  | 'forbidden_key'
  | 'number_too_large'
  | 'too_deep'
  | 'too_large'
  | 'too_many_keys'
  | 'too_many_values'
  | 'key_too_long';

export interface TextLimits {
  bytes: number;
  depth: number;
  keys: number;
  /** Values of every kind: the fields of records and the entries of lists. */
  values: number;
}

export interface JsonText {
  /** Absent when the text is no JSON or beyond a limit. */
  value?: Json;
  problems: Problem<TextCode>[];
}

type Path = (string | number)[];

/** Ends the reading: the rest of the text means nothing. */
class Stop extends Error {}

/** Faults of one kind beyond this many are not listed: nobody reads them, and a hostile text has millions. */
const listedFaults = 100;
const longestKey = 1_000;

/** Values whose place is asked for, by the steps of their pointers. */
interface Watch {
  pointer?: string;
  under: Map<string, Watch>;
}

/**
 * Reads JSON in one pass, as `JSON.parse` does, but sees duplicate keys, keeps `__proto__` out
 * and knows the place of every fault. Time is linear in the text, depth is bounded.
 */
export function readJsonText(text: string, limits: TextLimits): JsonText {
  const bytes = utf8Length(text, limits.bytes);
  if (bytes > limits.bytes) return { problems: [{ code: 'too_large', severity: 'error', pointer: '', params: { limit: limits.bytes } }] };
  const reader = new Reader(text, limits);
  const value = reader.read();
  const problems = reader.faults.map((fault) => fault.problem);
  const places = placesOf(
    text,
    reader.faults.map((fault) => fault.at),
  );
  for (const [index, problem] of problems.entries()) Object.assign(problem.params, places[index]);
  return value === undefined ? { problems } : { value, problems };
}

/** Adds line and column to problems that have only a pointer: the place of that value, or of the nearest one around it. */
export function addPlaces(text: string, limits: TextLimits, problems: Problem[]): void {
  const unplaced = problems.filter((problem) => !Object.hasOwn(problem.params, 'line'));
  if (unplaced.length === 0) return;
  const root: Watch = { under: new Map() };
  for (const { pointer } of unplaced) watchAll(root, pointer);
  const reader = new Reader(text, limits, root);
  reader.read();
  const places = placesOf(
    text,
    unplaced.map(({ pointer }) => nearestOffset(reader.seen, pointer)),
  );
  for (const [index, problem] of unplaced.entries()) Object.assign(problem.params, places[index]);
}

function watchAll(root: Watch, pointer: string): void {
  let watch = root;
  let path = '';
  watch.pointer = '';
  for (const key of fromPointer(pointer)) {
    path += toPointer([key]);
    const next = watch.under.get(key) ?? { pointer: path, under: new Map() };
    watch.under.set(key, next);
    watch = next;
  }
}

function nearestOffset(seen: ReadonlyMap<string, number>, pointer: string): number {
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const offset = seen.get(path);
    if (offset !== undefined) return offset;
  }
  return seen.get('') ?? 0;
}

/** Bytes of the text as UTF-8, counted no further than just over the limit. */
function utf8Length(text: string, limit: number): number {
  if (text.length > limit) return text.length;
  if (text.length * 3 <= limit) return text.length;
  let bytes = 0;
  for (let index = 0; index < text.length && bytes <= limit; index += 1) {
    const code = text.charCodeAt(index);
    // A surrogate pair is four bytes: two for each half.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const quote = 0x22;
const backslash = 0x5c;

class Reader {
  readonly faults: { at: number; problem: Problem<TextCode> }[] = [];
  /** Offsets of the watched values, by pointer. */
  readonly seen = new Map<string, number>();
  private watch: Watch | undefined;
  private readonly text: string;
  private readonly limits: TextLimits;
  private readonly path: Path = [];
  private at = 0;
  private keys = 0;
  private values = 0;

  constructor(text: string, limits: TextLimits, watch?: Watch) {
    this.text = text;
    this.limits = limits;
    this.watch = watch;
    // A byte order mark is not JSON, but editors on Windows still write one.
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  /** The value, or undefined where reading had to stop. */
  read(): Json | undefined {
    try {
      return this.document();
    } catch (stop) {
      if (stop instanceof Stop) return undefined;
      throw stop;
    }
  }

  private document(): Json {
    this.space();
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail('not_json', this.at);
    return value;
  }

  private value(): Json {
    this.values += 1;
    if (this.values > this.limits.values) this.fail('too_many_values', this.at, { limit: this.limits.values });
    if (this.watch?.pointer !== undefined && !this.seen.has(this.watch.pointer)) this.seen.set(this.watch.pointer, this.at);
    switch (this.text[this.at]) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(): Json {
    const record: Record<string, Json> = {};
    this.open();
    if (this.text[this.at] === '}') return this.close(record);
    for (;;) {
      const start = this.at;
      if (this.text.charCodeAt(this.at) !== quote) this.fail('not_json', this.at);
      const key = this.string();
      this.countKey(key, start);
      this.expect(':');
      this.space();
      const value = this.inside(key);
      this.path.push(key);
      if (key === '__proto__') this.note('forbidden_key', start, { key });
      else if (Object.hasOwn(record, key)) this.note('duplicate_key', start, { key });
      else record[key] = value;
      this.path.pop();
      if (this.more('}')) continue;
      return this.close(record);
    }
  }

  private array(): Json {
    const list: Json[] = [];
    this.open();
    if (this.text[this.at] === ']') return this.close(list);
    for (;;) {
      list.push(this.inside(list.length));
      if (this.more(']')) continue;
      return this.close(list);
    }
  }

  private inside(key: string | number): Json {
    const outer = this.watch;
    if (outer !== undefined) this.watch = outer.under.get(String(key));
    this.path.push(key);
    const value = this.value();
    this.path.pop();
    this.watch = outer;
    return value;
  }

  private open(): void {
    if (this.path.length >= this.limits.depth) this.fail('too_deep', this.at, { limit: this.limits.depth });
    this.at += 1;
    this.space();
  }

  private close<Value>(value: Value): Value {
    this.at += 1;
    return value;
  }

  /** True after a comma, false before the closing bracket. */
  private more(end: string): boolean {
    this.space();
    const next = this.text[this.at];
    if (next === end) return false;
    if (next !== ',') this.fail('not_json', this.at);
    this.at += 1;
    this.space();
    return true;
  }

  private countKey(key: string, start: number): void {
    if (key.length > longestKey) this.fail('key_too_long', start, { limit: longestKey });
    this.keys += 1;
    if (this.keys > this.limits.keys) this.fail('too_many_keys', start, { limit: this.limits.keys });
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let escaped = false;
    let index = start + 1;
    for (; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === quote) break;
      if (code < 0x20) this.fail('not_json', index);
      if (code !== backslash) continue;
      escaped = true;
      index += 1;
    }
    if (index >= text.length) this.fail('not_json', start);
    this.at = index + 1;
    return escaped ? this.unescape(start) : text.slice(start + 1, index);
  }

  private unescape(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      return this.fail('not_json', start);
    }
  }

  private number(): number {
    numberPattern.lastIndex = this.at;
    const match = numberPattern.exec(this.text);
    if (match === null) return this.fail('not_json', this.at);
    const value = Number(match[0]);
    if (!Number.isFinite(value)) {
      this.note('number_too_large', this.at, { number: match[0].slice(0, 40) });
      this.at = numberPattern.lastIndex;
      return 0;
    }
    this.at = numberPattern.lastIndex;
    // Minus zero prints as 0, so it is read as 0.
    return value === 0 ? 0 : value;
  }

  private word<Value extends Json>(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) this.fail('not_json', this.at);
    this.at += word.length;
    return value;
  }

  private expect(character: string): void {
    this.space();
    if (this.text[this.at] !== character) this.fail('not_json', this.at);
    this.at += 1;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private note(code: TextCode, at: number, params: Problem['params'] = {}): void {
    if (this.faults.length >= listedFaults) return;
    this.faults.push({ at, problem: { code, severity: 'error', pointer: toPointer(this.path), params } });
  }

  private fail(code: TextCode, at: number, params: Problem['params'] = {}): never {
    this.faults.push({ at, problem: { code, severity: 'error', pointer: toPointer(this.path), params } });
    throw new Stop();
  }
}

/** Line and column of each offset, both from 1, as editors count them; one walk through the text for all. */
function placesOf(text: string, offsets: readonly number[]): { line: number; column: number }[] {
  const places: { line: number; column: number }[] = [];
  const order = offsets.map((_, index) => index).sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
  let line = 1;
  let start = 0;
  let next = text.indexOf('\n');
  for (const index of order) {
    const offset = offsets[index] ?? 0;
    while (next !== -1 && next < offset) {
      line += 1;
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    places[index] = { line, column: offset - start + 1 };
  }
  return places;
}
