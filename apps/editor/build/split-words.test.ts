import { expect, test } from 'vitest';
import { type SplitChunk, split } from './split-words.ts';

const chunk = (name: string, code: string, rest: Partial<SplitChunk> = {}): SplitChunk => ({
  fileName: `assets/${name}.js`,
  code,
  isEntry: false,
  imports: [],
  ...rest,
});
const long = 'x'.repeat(1_200);
const page = chunk('page', `const title={en:"Run ${long}","zh-Hans":\`运行\`},list={en:{a:["b"]},"zh-Hans":{a:["乙"]}};export{title,list}`);

test('texts of a chunk stand in a file for each language, in the order of their numbers', () => {
  const { code, files } = split([page]);
  expect(code.get('assets/page.js')).toBe('const __word=patchbayWords.of("page");const title=__word(0),list=__word(1);export{title,list}');
  expect(JSON.parse(files.get('assets/page.en.json') ?? '')).toEqual([`Run ${long}`, { a: ['b'] }]);
  expect(JSON.parse(files.get('assets/page.zh-Hans.json') ?? '')).toEqual(['运行', { a: ['乙'] }]);
});

test('code is asked for after the texts of all that it imports, but for those that are there', () => {
  const chunks = [
    chunk('start', 'import"./shared.js";const go=()=>import("./page.js"),again=()=>import("./shared.js")', {
      imports: ['assets/shared.js'],
    }),
    { ...page, imports: ['assets/shared.js'] },
    chunk('shared', `const a={en:"${long}","zh-Hans":"甲"}`),
  ];
  const start = split(chunks).code.get('assets/start.js');
  expect(start).toBe(
    'import"./shared.js";const go=()=>patchbayWords.before(["page"],()=>import("./page.js")),again=()=>import("./shared.js")',
  );
});

test('what comes with the first file keeps its texts: nothing runs before it that could fetch them', () => {
  const { code, files } = split([chunk('main', 'import"./page.js"', { isEntry: true, imports: ['assets/page.js'] }), page]);
  expect([...code.keys(), ...files.keys()]).toEqual([]);
});

test.each([
  ['a text that is made of another', `{en:\`\${name} ${long}\`,"zh-Hans":"甲"}`],
  ['more than the languages', `{en:"${long}","zh-Hans":"甲",fr:"a"}`],
  ['what a function answers', `{en:say("en"),"zh-Hans":"${long}"}`],
  ['a key that is computed', `{["en"]:"${long}","zh-Hans":"甲"}`],
  ['few characters', '{en:"Run","zh-Hans":"运行"}'],
])('%s stays where it is', (_, object) => {
  const { code, files } = split([chunk('page', `const a=${object}`)]);
  expect([...code.keys(), ...files.keys()]).toEqual([]);
});
