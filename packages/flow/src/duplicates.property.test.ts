import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJsonText } from './json-text.ts';

const limits = { bytes: 1_000_000, depth: 100, keys: 10_000, values: 10_000 };

/** JSON as pairs, so that a key may stand twice. */
type Tree = number | { pairs: [string, Tree][] } | { items: Tree[] };
const key = fc.constantFrom('a', 'b', 'constructor', '__proto__', 'ä', '"', 'a/b');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.nat(9),
    fc.record({ pairs: fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }) }),
    fc.record({ items: fc.array(tie('tree'), { maxLength: 3 }) }),
  ),
}));

/** The text, one key or item a line, and the lines on which a key stands again or may not stand. */
function write(root: Tree): { text: string; again: number[]; forbidden: number[] } {
  const lines: string[] = [];
  const again: number[] = [];
  const forbidden: number[] = [];
  const visit = (node: Tree, before: string, after: string): void => {
    if (typeof node === 'number') {
      lines.push(`${before}${node}${after}`);
      return;
    }
    const isList = 'items' in node;
    lines.push(`${before}${isList ? '[' : '{'}`);
    const parts = isList ? node.items.map((item): [string | undefined, Tree] => [undefined, item]) : node.pairs;
    const seen = new Set<string>();
    for (const [index, [name, value]] of parts.entries()) {
      if (name === '__proto__') forbidden.push(lines.length + 1);
      else if (name !== undefined && seen.has(name)) again.push(lines.length + 1);
      if (name !== undefined) seen.add(name);
      visit(value, name === undefined ? '' : `${JSON.stringify(name)}: `, index < parts.length - 1 ? ',' : '');
    }
    lines.push(`${isList ? ']' : '}'}${after}`);
  };
  visit(root, '', '');
  return { text: lines.join('\n'), again, forbidden };
}

test('each key that stands again is named on its line, at any depth', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const { text, again, forbidden } = write(root);
      const { value, problems } = readJsonText(text, limits);
      const lines = (code: string): number[] =>
        problems
          .filter((problem) => problem.code === code)
          .map((problem) => Number(problem.params['line']))
          .sort((a, b) => a - b);
      expect(lines('duplicate_key')).toEqual(again.sort((a, b) => a - b));
      expect(lines('forbidden_key')).toEqual(forbidden.sort((a, b) => a - b));
      if (problems.length === 0) expect(value).toEqual(JSON.parse(text));
      for (const problem of problems) expect(problem.params['column']).toBe(1);
    }),
    { numRuns: 1_000 },
  );
});

test('a fault further on never hides one before it', () => {
  fc.assert(
    fc.property(tree, (root) => {
      const { text, again, forbidden } = write(root);
      const { value, problems } = readJsonText(`${text} !`, limits);
      expect(value).toBeUndefined();
      expect(problems.length).toBe(again.length + forbidden.length + 1);
      expect(problems.at(-1)?.code).toBe('not_json');
    }),
  );
});
