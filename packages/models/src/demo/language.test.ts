import { expect, test } from 'vitest';
import { excerpt, languageOf, sentencesOf, wordsOf } from './language.ts';

test.each([
  ['Where is my refund?', 'en'],
  ['我的退款在哪里？', 'zh'],
  ['请总结 this short note', 'en'],
  ['请用 Markdown 总结下面的会议记录', 'zh'],
  ['¿Dónde está?', 'en'],
  ['12345 ?!', 'en'],
  ['', 'en'],
])('%j is read as %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});

test('sentences come without the space around them', () => {
  expect(sentencesOf('One.  Two!\n\nThree? ')).toEqual(['One.', 'Two!', 'Three?']);
  expect(sentencesOf('你好。再见！')).toEqual(['你好。', '再见！']);
  expect(sentencesOf('   ')).toEqual([]);
});

test('words come in lower case without marks', () => {
  expect(wordsOf("Hello, WORLD! Don't stop.")).toEqual(['hello', 'world', "don't", 'stop']);
  expect(wordsOf('我的退款')).toContain('退款');
});

test('an excerpt is one line, cut at a word', () => {
  expect(excerpt('short\n text', 20)).toBe('short text');
  expect(excerpt('one two three four', 11)).toBe('one two…');
  expect(excerpt('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)}…`);
});
