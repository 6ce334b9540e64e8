import { expect, test } from 'vitest';
import { chat, splitPrompt } from './chat.ts';

const ask = (content: string, system?: string): string =>
  chat([...(system === undefined ? [] : [{ role: 'system' as const, content: system }]), { role: 'user', content }]);

test('drafts a reply to a customer, on the subject, and says what it is', () => {
  const reply = ask('Answer kindly and promise a refund check: Where is my refund?');
  expect(reply).toContain('“Where is my refund?”');
  expect(reply).toContain('look into your refund');
  expect(reply).toContain('Demo model');
});

test('a role in the system part is enough', () => {
  expect(ask('My parcel has not arrived yet.', 'You are a support agent.')).toContain('where your parcel is');
});

test('a customer is answered in their own language, whatever the order is written in', () => {
  expect(ask('A customer writes to us. Write a short reply.\n\n"""\n我的退款什么时候到账？\n"""')).toContain('核实您的退款');
  expect(ask('请回复客户：\n\n"""\nWhere is my refund?\n"""')).toContain('look into your refund');
});

test('a question that is no letter gets no letter', () => {
  const answer = ask('I have rice and tomatoes. What can I cook?', 'You are a friendly helper. Answer in the language of the user.');
  expect(answer).toContain('rice and tomatoes');
  expect(answer).toContain('demo model');
  expect(answer).not.toContain('Thank you for your message');
});

test('answers Chinese in Chinese', () => {
  const reply = ask('请友好地回复客户：我的退款什么时候到账？');
  expect(reply).toContain('核实您的退款');
  expect(reply).toContain('演示模型');
  expect(reply).not.toMatch(/[a-z]{4}/i);
});

test.each([
  ['Summarize in short: The bridge opened. The bridge is long. Cats sleep.', 'The bridge'],
  ['Translate into Chinese: Thank you', '谢谢'],
  ['请翻译成英文：谢谢', 'Thank you'],
  ['总结：公司今天发布了新的手机。', '公司今天发布了新的手机。'],
])('does what %j asks where it can', (prompt, expected) => {
  expect(ask(prompt)).toContain(expected);
});

test('any other prompt gets an honest answer that shows it was read', () => {
  expect(ask('Tell me a story about dragons')).toContain('Tell me a story about dragons');
  expect(ask('')).toBe('I am the demo model. There was no prompt, so there is nothing to answer yet.');
});

test('is the same every time', () => {
  expect(ask('Anything at all')).toBe(ask('Anything at all'));
});

test.each([
  ['Do this: that', 'Do this', 'that'],
  ['做这个：那个', '做这个', '那个'],
  ['Shorten this\n\nA long text', 'Shorten this', 'A long text'],
  ['Translate """Hello: you"""', 'Translate ', 'Hello: you'],
  ['Write a reply.\n\n"""\nIt: broke\n"""\n\nSign as Anna.', 'Write a reply. Sign as Anna.', 'It: broke'],
  ['See http://example.com now', 'See http://example.com now', 'See http://example.com now'],
])('reads the order and the material of %j', (prompt, order, material) => {
  expect(splitPrompt(prompt)).toEqual({ order, material });
});
