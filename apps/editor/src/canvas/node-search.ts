import type { Locale } from '@patchbay/flow';
import type { NodeDefinition } from '@patchbay/node-kit';

/** Node types for what a person typed, best first: title, then other words for it (a whole one before a part of a title), then letters in order. */
export function searchTypes(definitions: readonly NodeDefinition[], query: string, locale: Locale): NodeDefinition[] {
  const wanted = fold(query);
  if (wanted === '') return [...definitions];
  return definitions
    .map((definition, index) => ({ definition, index, score: score(definition, wanted, locale) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((one) => one.definition);
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

function score(definition: NodeDefinition, wanted: string, locale: Locale): number {
  const { title, synonyms, summary } = definition.words;
  const names = [title[locale], ...Object.values(title), definition.type].map(fold);
  const others = synonyms.map(fold);
  return Math.max(
    ...names.map((name) => match(name, wanted, 100)),
    ...others.map((name) => match(name, wanted, 92)),
    fold(summary[locale]).includes(wanted) ? 10 : 0,
    ...names.map((name) => (isSpread(name, wanted) ? 5 : 0)),
  );
}

function match(name: string, wanted: string, most: number): number {
  if (name === wanted) return most;
  if (name.startsWith(wanted)) return most - 5;
  if (name.includes(` ${wanted}`)) return most - 10;
  return wanted.length > 1 && name.includes(wanted) ? most - 20 : 0;
}

/** The letters wanted, in order, with others between: "trns" for "translate". */
function isSpread(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return wanted.length > 1;
}
