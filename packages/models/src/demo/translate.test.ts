import { expect, test } from 'vitest';
import { translate } from './translate.ts';

test.each([
  ['Where is my refund?', 'zh-Hans', '我的退款在哪里？'],
  ['Hello! Thank you for your help.', 'zh', '你好！感谢您的帮助。'],
  ['你好', 'en', 'Hello'],
  ['我的订单在哪里？', 'English', 'Where is my order?'],
  ['Good morning', '中文', '早上好'],
  ['Where is my refund?', 'fr', 'Où est mon remboursement ?'],
  ['我的订单在哪里？', 'de', 'Wo ist meine Bestellung?'],
  ['Thank you', 'Japanese', 'ありがとうございます'],
])('%j into %s', (text, target, expected) => {
  expect(translate(text, target)).toBe(expected);
});

test('a text already in the language stays as it is', () => {
  expect(translate('Any text at all.', 'en')).toBe('Any text at all.');
  expect(translate('任意文本', 'zh-Hans')).toBe('任意文本');
  expect(translate('   ', 'zh')).toBe('   ');
});

test('what it cannot translate is kept and marked, never passed off as a translation', () => {
  expect(translate('Quarks have flavour.', 'zh-Hans')).toBe('[演示：未翻译] Quarks have flavour.');
  expect(translate('量子很小', 'en')).toBe('[demo: not translated] 量子很小');
  expect(translate('Hello', 'sw')).toBe('[demo: not translated] Hello');
});

test('line breaks and the sentences around are kept', () => {
  expect(translate('Hello\n\nQuarks have flavour. Thank you.', 'zh')).toBe('你好\n\n[演示：未翻译] Quarks have flavour.谢谢。');
});

test('a very long text is kept whole', () => {
  const long = 'word '.repeat(50_000);
  expect(translate(long, 'zh')).toBe(`[演示：未翻译] ${long}`);
});
