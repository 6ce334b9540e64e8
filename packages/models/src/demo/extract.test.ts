import { expect, test } from 'vitest';
import { extract } from './extract.ts';

const letter = `Hello, my name is Maria Sommer. I ordered two lamps on March 5, 2026 (order #A-20417) for $49.90.
Please write to maria.sommer@example.com or call +49 30 1234567.

Best regards,
Maria Sommer`;

test('reads what people ask for from a letter', () => {
  const fields = [
    { id: 'name', title: 'Customer name', type: 'text' },
    { id: 'email', title: 'E-mail', type: 'text' },
    { id: 'phone', title: 'Phone', type: 'text' },
    { id: 'order_no', title: 'Order number', type: 'text' },
    { id: 'amount', title: 'Amount', type: 'number' },
    { id: 'ordered_on', title: 'Date of the order', type: 'text' },
    { id: 'currency', title: 'Currency', type: 'text' },
    { id: 'website', title: 'Website', type: 'text' },
  ];
  expect(extract(letter, fields)).toEqual({
    name: 'Maria Sommer',
    email: 'maria.sommer@example.com',
    phone: '+49 30 1234567',
    order_no: 'A-20417',
    amount: 49.9,
    ordered_on: '2026-03-05',
    currency: 'USD',
    website: null,
  });
});

test('reads Chinese', () => {
  const text = '您好，我叫王小明，订单号：20260417，2026年3月5日买的耳机，金额 299元，手机 13812345678，邮箱 wang@example.cn。';
  const fields = [
    { id: 'name', title: '姓名', type: 'text' },
    { id: 'order_no', title: '订单号', type: 'text' },
    { id: 'date', title: '购买日期', type: 'text' },
    { id: 'amount', title: '金额', type: 'number' },
    { id: 'phone', title: '手机', type: 'text' },
    { id: 'email', title: '邮箱', type: 'text' },
  ];
  expect(extract(text, fields)).toEqual({
    name: '王小明',
    order_no: '20260417',
    date: '2026-03-05',
    amount: 299,
    phone: '13812345678',
    email: 'wang@example.cn',
  });
});

const one = (text: string, title: string, type = 'text') => extract(text, [{ id: 'x', title, type }])['x'];

test.each([
  ['Invoice number: INV-2041\nTotal: 1,240.50 EUR', 'Invoice number', 'text', 'INV-2041'],
  ['Invoice number: INV-2041\nTotal: 1,240.50 EUR', 'Total', 'number', 1240.5],
  ['Colour: dark red', 'Colour', 'text', 'dark red'],
  ['颜色：红色', '颜色', 'text', '红色'],
  ['Due 2026-04-01', 'Deadline', 'text', '2026-04-01'],
  ['due on 3/4/2026', 'Due date', 'text', '3/4/2026'],
  ['on 5th June 2026', 'Date', 'text', '2026-06-05'],
  ['We need 12 seats', 'Quantity', 'number', 12],
  ['I work at Northwind Labs', 'Company', 'text', 'Northwind Labs'],
  ['see https://example.com/a?b=1.', 'Link', 'text', 'https://example.com/a?b=1'],
  ['Urgent: yes', 'Urgent', 'boolean', true],
  ['Urgent: no', 'Urgent', 'boolean', false],
  ['nothing here', 'E-mail', 'text', null],
  ['nothing here', 'Shoe size', 'number', null],
  ['size 42 please', 'Shoe size', 'number', 42],
  ['', 'Anything', 'text', null],
])('%j gives %s', (text, title, type, expected) => {
  expect(one(text, title, type)).toBe(expected);
});

test('a list takes all that is there, each once', () => {
  expect(one('a@x.io, b@x.io and a@x.io', 'E-mails', 'text[]')).toEqual(['a@x.io', 'b@x.io']);
  expect(one('Tags: red, green、blue', 'Tags', 'text[]')).toEqual(['red', 'green', 'blue']);
  expect(one('none', 'E-mails', 'text[]')).toEqual([]);
});

test('hostile texts are read in bounded time', () => {
  const fields = ['E-mail', 'Phone', 'Amount', 'Order number', 'Name', 'Company', 'Date', 'City', 'Link', 'Quantity'].map(
    (title, index) => ({ id: `f${index}`, title, type: 'text' }),
  );
  const start = performance.now();
  for (const text of [
    'a'.repeat(100_000),
    '1'.repeat(100_000),
    'Aa '.repeat(33_000),
    '1 '.repeat(50_000),
    'order '.repeat(16_000),
    '我叫'.repeat(50_000),
    '\n'.repeat(100_000),
  ])
    extract(text, fields);
  expect(performance.now() - start).toBeLessThan(20_000);
});
