import type { Locale } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { allWords } from './all-words.ts';
import { defineWords } from './define-words.ts';

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const spaces = Object.entries(allWords);
const wordsIn = (locale: Locale) =>
  new Map(flat(Object.fromEntries(spaces.map(([space, words]) => [space, words[locale]])) as unknown as Tree));
const en = wordsIn('en');
const zh = wordsIn('zh-Hans');
const slots = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].toSorted();
/** Names and signs that are the same in every language. */
const alike = new Set([
  'app.name',
  'connections.ollama.title',
  'publish.curl',
  'publish.javascript',
  'publish.python',
  'run.item',
  'run.noCost',
  'run.runs.sources.api',
]);

test('every text has the same places for values in both languages', () => {
  const wrong = [...zh].filter(([key, text]) => {
    const other = en.get(key) ?? '';
    return slots(text).join() !== slots(other).join();
  });
  expect(wrong).toEqual([]);
});

test('every English text has a Chinese one, but for forms of the singular', () => {
  const missing = [...en.keys()].filter((key) => !key.endsWith('_one') && !zh.has(key));
  expect(missing).toEqual([]);
});

test('Chinese texts of the shell are Chinese', () => {
  const shell = ['app.', 'home.', 'run.', 'publish.', 'connections.'];
  const odd = [...zh].filter(
    ([key, text]) => shell.some((space) => key.startsWith(space)) && !alike.has(key) && !/\p{Script=Han}/u.test(text),
  );
  expect(odd).toEqual([]);
});

test('a word that is missing in one language does not pass the type check', () => {
  const missing = { one: '甲' };
  // @ts-expect-error: there is no Chinese for `two`.
  const words = defineWords('missing', { en: { one: 'a', two: 'b' }, 'zh-Hans': missing });
  expect(words['zh-Hans']).toBe(missing);
});
