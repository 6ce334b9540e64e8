import { expect, test } from 'vitest';
import { type GlossaryTerm, missingTerms, termsIn } from './glossary.ts';

const term = (word: string, translation: string, matchCase = false): GlossaryTerm => ({ term: word, translation, matchCase });
const found = (text: string, ...glossary: GlossaryTerm[]) => termsIn(text, glossary).map(({ translation }) => translation);

test('a term is found as a whole word, in any case unless case matters', () => {
  expect(found('A Cat sat', term('cat', 'Katze'))).toEqual(['Katze']);
  expect(found('a category', term('cat', 'Katze'))).toEqual([]);
  expect(found('concat', term('cat', 'Katze'))).toEqual([]);
  expect(found('category of cat', term('cat', 'Katze'))).toEqual(['Katze']);
  expect(found('may I', term('May', 'Mai', true))).toEqual([]);
  expect(found('in May', term('May', 'Mai', true))).toEqual(['Mai']);
  expect(found('C++ and C#', term('C#', 'C#'))).toEqual(['C#']);
});

test('Chinese and Japanese need no spaces', () => {
  expect(found('加入购物车吧', term('购物车', 'basket'))).toEqual(['basket']);
  expect(found('APIキーを見る', term('キー', 'key'))).toEqual(['key']);
});

test('empty entries mean nothing', () => expect(found('a b', term('', 'x'), term('a', ' '))).toEqual([]));

test('a translation without its term is named, other forms of case are fine', () => {
  const glossary = [term('basket', 'Warenkorb'), term('order', 'Bestellung')];
  expect(missingTerms('Your basket', 'Ihr Korb', glossary)).toEqual([{ kind: 'term', text: 'Warenkorb' }]);
  expect(missingTerms('Your basket', 'WARENKORB', glossary)).toEqual([]);
  expect(missingTerms('Your basket', 'des Warenkorbs', glossary)).toEqual([]);
});
