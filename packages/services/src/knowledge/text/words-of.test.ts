import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionWords } from './question-words.ts';
import { wordsOf } from './words-of.ts';

const words = (text: string): string[] => [...wordsOf(text)].map(({ word }) => word);

test.each([
  ['年休假申请', ['年休', '休假', '假申', '申请']],
  ['猫', ['猫']],
  ['The Filters were washed', ['the', 'filter', 'were', 'wash']],
  ['Café, naïve', ['cafe', 'naiv']],
  ['E09 means 2,000 km', ['e09', 'mean', '2', '000', 'km']],
  ['公司VPN连接', ['公司', 'vpn', '连接']],
  ['ＶＰＮ', ['vpn']],
  ['ラーメン', ['ラー', 'ーメ', 'メン']],
  ['हिन्दी', ['हनद']],
  ['Straße', ['straße']],
  ['', []],
  ['… — !', []],
])('%s', (text, expected) => expect(words(text)).toEqual(expected));

test('words stand where they say, and hold letters and digits only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      let last = -1;
      for (const { word, start, end } of wordsOf(text)) {
        expect(start).toBeGreaterThan(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
        last = start;
      }
    }),
  );
});

test('a text finds itself whatever its case and width', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(words(text.toUpperCase())).toEqual(words(text.toUpperCase().toLowerCase()));
    }),
  );
});

test.each([
  ['How do I clean the filter?', ['clean', 'filter']],
  ['请问年假可以休几天吗？', ['年假', '休']],
  ['病假工资怎么算？', ['病假', '假工', '工资', '算']],
  ['What is it?', ['what', 'is', 'it']],
  ['怎么办？', ['怎么', '么办']],
  ['filter Filter filters', ['filter']],
])('asks about: %s', (question, expected) => expect(questionWords(question)).toEqual(expected));
