import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBias, replaceBias } from './bias.ts';
import { fold } from './normalise.ts';
import { findWords, starWords } from './word-list.ts';

const found = (text: string, words: string[], exceptions: string[] = []) =>
  findWords(text, words, exceptions).map(({ start, end }) => text.slice(start, end));

describe('a list of words', () => {
  test.each([
    ['You IDIOT!', 'IDIOT'],
    ['you ｉｄｉｏｔ', 'ｉｄｉｏｔ'],
    ['you idíot', 'idíot'],
    ['you id\u200biot', 'id\u200biot'],
    ['you 1d10t? no, id1ot', 'id1ot'],
  ])('finds idiot in %s', (text, written) => expect(found(text, ['idiot'])).toEqual([written]));

  test.each(['idiotic', 'the idioms', 'anidiot', '1 d'])('does not find idiot in %s', (text) => expect(found(text, ['idiot'])).toEqual([]));

  test('Chinese is found anywhere, signs between its characters or not, but not across sentences', () => {
    expect(found('他是个笨蛋吧', ['笨蛋'])).toEqual(['笨蛋']);
    expect(found('你这笨*蛋、笨 蛋', ['笨蛋'])).toEqual(['笨*蛋', '笨 蛋']);
    expect(found('他真笨。蛋糕很好', ['笨蛋'])).toEqual([]);
  });

  test('an exception covers what stands in it', () => {
    expect(found('Scunthorpe hell, hell yes', ['hell'], ['hell yes'])).toEqual(['hell']);
    expect(found('笨蛋料理', ['笨蛋'], ['笨蛋料理'])).toEqual([]);
  });

  test('figures stay figures outside of words', () => expect(fold('4 a1b 100 @home h@t $5').text).toBe('4 aib 100 ahome hat $5'));

  test('stars cover exactly the finds', () => {
    const text = 'an idiot and 笨*蛋';
    expect(starWords(text, findWords(text, ['idiot', '笨蛋']))).toBe('an ***** and ***');
    expect(
      starWords('aa', [
        { word: 'a', start: 0, end: 2 },
        { word: 'a', start: 1, end: 2 },
      ]),
    ).toBe('**');
  });

  test('places lie in the text, and what is starred is not found again', () => {
    const part = fc.constantFrom('idiot', 'ＩＤ', 'iot', '笨', '蛋', '*', ' ', '\u200b', 'é', '😀', '。', 'x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const hits = findWords(text, ['idiot', '笨蛋']);
        for (const { start, end } of hits) expect(start < end && end <= text.length).toBe(true);
        expect(findWords(starWords(text, hits), ['idiot', '笨蛋'])).toEqual([]);
      }),
    );
  });
});

describe('stereotypes by rule', () => {
  const quotes = (text: string) => findBias(text).map(({ quote, group, reason }) => [quote, group, reason]);

  test.each([
    ['All women are bad drivers.', [['All women are', 'gender', 'generalises']]],
    ['Old people cannot use phones.', [['Old people cannot', 'age', 'generalises']]],
    ['We want a young and dynamic team.', [['young and dynamic team', 'age', 'excludes']]],
    [
      'The chairman praised the female engineer.',
      [
        ['chairman', 'gender', 'excludes'],
        ['female ', 'gender', 'generalises'],
      ],
    ],
    ['女人天生不会开车。', [['女人天生', 'gender', 'generalises']]],
    [
      '招聘：仅限男性，35岁以下。',
      [
        ['仅限男性', 'gender', 'excludes'],
        ['35岁以下', 'age', 'excludes'],
      ],
    ],
    ['那个女司机又来了', [['女司机', 'gender', 'generalises']]],
  ])('%s', (text, expected) => expect(quotes(text)).toEqual(expected));

  test.each([
    'Women and men work here.',
    'Most people are kind.',
    'She is a doctor and he is a nurse.',
    'The old bridge is closed for cyclists.',
    '这里的女性和男性一样多。',
    '他今年三十五岁。',
    '盲人可以使用读屏软件。',
  ])('leaves alone: %s', (text) => expect(quotes(text)).toEqual([]));

  test('what has other words is replaced, the rest stays', () => {
    const text = 'Chairman wanted; the salesmen man up. She throws like a girl.';
    expect(replaceBias(text, findBias(text))).toBe('Chairperson wanted; the sales staff be brave. She throws like a girl.');
    expect(replaceBias('女司机，限男性', findBias('女司机，限男性'))).toBe('司机，性别不限');
  });
});
