import type { Json } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chipsOf, parseTemplate, renderTemplate, valueToText } from './template.ts';

/** The language of text fields, read letter by letter with no pattern at all: slow, and hard to get wrong. */
function readSlowly(source: string): (string | { port: string; path: string; optional: boolean })[] {
  const parts: ReturnType<typeof readSlowly> = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    if (source.startsWith('\\{{', at)) {
      text += '{{';
      at += 3;
      continue;
    }
    const chip = source.startsWith('{{', at) ? readChip(source, at + 2) : undefined;
    if (chip === undefined) {
      text += source[at];
      at += 1;
      continue;
    }
    if (text !== '') parts.push(text);
    text = '';
    parts.push({ port: chip.port, path: chip.path, optional: chip.optional });
    at = chip.end;
  }
  if (text !== '') parts.push(text);
  return parts;
}

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/.test(letter);

function readChip(source: string, start: number): { port: string; path: string; optional: boolean; end: number } | undefined {
  let at = start;
  const skip = (): void => {
    while (isSpace(source[at])) at += 1;
  };
  const take = (allowed: RegExp, most: number): string => {
    const from = at;
    while (at < source.length && at - from < most && allowed.test(source[at] ?? '')) at += 1;
    return source.slice(from, at);
  };
  skip();
  if (!/[a-z]/.test(source[at] ?? '')) return undefined;
  const port = take(/[a-z0-9_]/, 40);
  let path = '';
  for (;;) {
    if (source[at] === '.' && /[\p{L}_$]/u.test(source[at + 1] ?? '')) {
      at += 1;
      path += `.${take(/[\p{L}\p{N}_$-]/u, 100)}`;
    } else if (source[at] === '[' && /\d/.test(source[at + 1] ?? '')) {
      at += 1;
      path += `[${take(/\d/, 9)}`;
      if (source[at] !== ']') return undefined;
      at += 1;
      path += ']';
    } else break;
  }
  const optional = source[at] === '?';
  if (optional) at += 1;
  skip();
  return source.startsWith('}}', at) ? { port, path, optional, end: at + 2 } : undefined;
}

const scraps = fc.constantFrom(
  '{{',
  '}}',
  '{',
  '}',
  'a',
  'b1',
  '_',
  '.',
  '.c',
  '[0]',
  '[',
  ']',
  '?',
  ' ',
  '\n',
  '\\',
  '\\{{',
  'A',
  '名',
  '{{a}}',
  '{{ b.c[1]? }}',
);
const anyText = fc.array(scraps, { maxLength: 14 }).map((parts) => parts.join(''));

const pathText = (path: readonly (string | number)[]): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');

test('a text is read as its letters say', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      const parts = parseTemplate(source).parts.map((part) =>
        typeof part === 'string' ? part : { port: part.port, path: pathText(part.path), optional: part.optional },
      );
      expect(parts).toEqual(readSlowly(source));
    }),
    { numRuns: 5_000 },
  );
});

test('chips stand where they say they stand', () => {
  fc.assert(
    fc.property(anyText, (source) => {
      let last = 0;
      for (const { start, end, port } of chipsOf(parseTemplate(source))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(source.slice(start, end)).toMatch(/^\{\{[\s\S]*\}\}$/);
        expect(source.slice(start, end)).toContain(port);
        last = end;
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the rendered text is its parts, one after the other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('{{a}}', '{{b}}', ' and ', '\\{{', '{'), { maxLength: 10 }),
      fc.jsonValue(),
      fc.jsonValue(),
      (pieces, first, second) => {
        const values = { a: first as Json, b: second as Json };
        const template = parseTemplate(pieces.join(''));
        const expected = template.parts
          .map((part) => (typeof part === 'string' ? part : valueToText(values[part.port === 'a' ? 'a' : 'b'])))
          .join('');
        expect(renderTemplate(template, values)).toBe(expected);
      },
    ),
  );
});

test('a structure in a text can be read back as JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue(), { minKeys: 1, maxKeys: 3 }), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      expect(JSON.parse(renderTemplate(parseTemplate('{{a}}'), { a: json }))).toEqual(json);
    }),
  );
});
