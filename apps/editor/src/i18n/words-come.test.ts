// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allWords } from './all-words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const spaces = Object.keys(allWords);
const sources = new Map<string, string>();
const read = (file: string): string => {
  const text = sources.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '');
  sources.set(file, text);
  return text;
};
const found = (file: string, pattern: RegExp): string[] => [...read(file).matchAll(pattern)].map((match) => match[1] ?? '');
const beside = (file: string, names: string[]) => names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(dirname(file), name));
const imported = (file: string) => beside(file, found(file, /^(?:(?:import|export) (?!type )[^;]*?from|import) '(\.[^']+)';/gm));
const later = (file: string) => beside(file, found(file, /import\('(\.[^']+)'\)/g));

function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const next of imported(file)) withImports(next, seen);
  return seen;
}

const saidIn = (file: string): string[] => [
  ...found(file, /useTranslation\(\[?([^)\]]*)/g).flatMap((names) => spaces.filter((space) => names.includes(`'${space}'`))),
  ...spaces.filter((space) => new RegExp(`['\`]${space}:`).test(read(file))),
];
const broughtBy = (files: Iterable<string>): string[] => [...files].flatMap((file) => found(file, /defineWords\('(\w+)'/g));

/** Every place where code is loaded later, with those that may load it. */
function parts(): Map<string, Set<string>> {
  const all = new Map([[join(root, 'app/start.tsx'), new Set<string>()]]);
  for (const [part] of all) {
    for (const next of [...withImports(part)].flatMap(later)) {
      const askers = all.get(next) ?? new Set();
      all.set(next, askers.add(part));
    }
  }
  return all;
}

test('all words that a part says come with it or with what leads to it', () => {
  const all = parts();
  const there = new Map([...all.keys()].map((part) => [part, new Set(spaces)]));
  // What every way to a part brings, narrowed until nothing changes.
  for (let round = 0; round < all.size; round += 1) {
    for (const [part, askers] of all) {
      const own = new Set(broughtBy(withImports(part)));
      const led = [...askers].map((asker) => there.get(asker) ?? new Set<string>());
      const [first = new Set<string>(), ...others] = led;
      const before = [...first].filter((space) => others.every((other) => other.has(space)));
      there.set(part, new Set([...own, ...before]));
    }
  }
  expect(all.size).toBeGreaterThan(20);
  const missing = [...all.keys()].flatMap((part) =>
    [...withImports(part)].flatMap((file) =>
      saidIn(file)
        .filter((space) => there.get(part)?.has(space) !== true)
        .map((space) => `${part.slice(root.length)}: ${space}, said in ${file.slice(root.length)}`),
    ),
  );
  expect(missing).toEqual([]);
});
