import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';
import { weightOf } from './weight.ts';

const plain = (text: string, most = 300) => [...chunksOf({ text, headed: false }, { most })];
const texts = (text: string, most?: number) => plain(text, most).map((chunk) => chunk.text);

const piece = fc.oneof(
  fc.constantFrom(
    '今天天气很好。',
    '我们去公园吗？',
    '请携带身份证，并提前预约；',
    'The museum opens at nine. ',
    'Bring a coat! ',
    '\n',
    '\n\n',
    '# Title\n',
    '👩‍👩‍👧 ',
    'é',
    ' ',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
);
const document = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

test('passages are the text, whole and in order, and none is too heavy', () => {
  fc.assert(
    fc.property(document, fc.integer({ min: 2, max: 60 }), (text, most) => {
      let end = 0;
      for (const chunk of plain(text, most)) {
        expect(chunk.start).toBeGreaterThanOrEqual(end);
        expect(text.slice(end, chunk.start).trim()).toBe('');
        expect(text.slice(chunk.start, chunk.start + chunk.text.length)).toBe(chunk.text);
        expect(chunk.text.trim()).toBe(chunk.text);
        expect(weightOf(chunk.text)).toBeLessThanOrEqual(most);
        end = chunk.start + chunk.text.length;
      }
      expect(text.slice(end).trim()).toBe('');
    }),
  );
});

test('under headings, only headings are left out', () => {
  fc.assert(
    fc.property(document, (text) => {
      const kept = [...chunksOf({ text, headed: true })].map((chunk) => chunk.text).join('');
      const bare = text.replace(/^ {0,3}#{1,6}[^\S\n].*$/gm, '');
      expect(kept.replace(/\s/g, '').length).toBeGreaterThanOrEqual(bare.replace(/\s/g, '').length);
    }),
  );
});

test('Chinese is cut at the ends of its sentences', () => {
  const sentences = [
    '工作满一年的员工每年有七天年假。',
    '未休完的年假可以结转到次年三月底吗？',
    '可以！',
    '申请须提前五个工作日在系统中提交。',
  ];
  const found = texts(sentences.join(''), 34);
  expect(found).toEqual([sentences.slice(0, 2).join(''), sentences.slice(2).join('')]);
});

test('a Chinese sentence that alone is too long is cut behind a comma, then between words, never in a word', () => {
  const clause = '申请人应当在返回之后的十五个工作日之内提交报销单据，并且附上全部发票的原件';
  expect(texts(clause, 30)[0]).toBe('申请人应当在返回之后的十五个工作日之内提交报销单据，');
  const words = new Intl.Segmenter('zh', { granularity: 'word' }).segment('图书馆自习室预约管理办法');
  const borders = [...words].map(({ index }) => index);
  for (const chunk of plain('图书馆自习室预约管理办法', 5)) expect(borders).toContain(chunk.start);
});

test('English is cut between sentences, and between words where a sentence is too long', () => {
  expect(texts('One is here. Two is there. Three is gone.', 4)).toEqual(['One is here.', 'Two is there.', 'Three is gone.']);
  for (const text of texts('remarkable conversations everywhere tonight', 5))
    expect('remarkable conversations everywhere tonight').toMatch(new RegExp(`\\b${text}\\b`));
});

test('short paragraphs stay together as long as they fit, and apart where they do not', () => {
  expect(texts('One.\n\nTwo.\n\nThree.', 100)).toEqual(['One.\n\nTwo.\n\nThree.']);
  expect(texts('甲乙丙丁。\n\n戊己庚辛。', 6)).toEqual(['甲乙丙丁。', '戊己庚辛。']);
  // What stands between two paragraphs has its weight too.
  expect(texts('甲乙\n\n丙丁', 4)).toEqual(['甲乙', '丙丁']);
});

test('a passage knows the headings above it, and a fence hides none', () => {
  const text = '# Manual\nIntro.\n## Care\nWash it.\n```\n# not a heading\n```\n### Filter\nDry it.\n## Faults ##\nCall us.';
  expect([...chunksOf({ text, headed: true })].map(({ headings, text: found }) => [headings.join(' › '), found])).toEqual([
    ['Manual', 'Intro.'],
    ['Manual › Care', 'Wash it.\n```\n# not a heading\n```'],
    ['Manual › Care › Filter', 'Dry it.'],
    ['Manual › Faults', 'Call us.'],
  ]);
});

test('a plain text has no headings, and pages are counted from one', () => {
  expect(plain('# Not a heading')[0]).toMatchObject({ headings: [], text: '# Not a heading', page: null });
  const text = 'first\n\nsecond\n\nthird';
  const pages = [...chunksOf({ text, headed: false, pageStarts: [7, 15] }, { most: 2 })].map(({ text: found, page }) => [found, page]);
  expect(pages).toEqual([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ]);
});

test('nothing comes of nothing, and a word without an end is cut between its letters', () => {
  expect(plain(' \n\t ')).toEqual([]);
  const found = texts('x'.repeat(100), 10);
  expect(found.join('')).toBe('x'.repeat(100));
  expect(texts('👩‍👩‍👧'.repeat(3), 1.25).every((text) => !text.includes('\uFFFD'))).toBe(true);
});
