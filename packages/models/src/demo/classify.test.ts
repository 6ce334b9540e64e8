import { expect, test } from 'vitest';
import { classify } from './classify.ts';

const mail = [
  { id: 'refund', title: 'Refund' },
  { id: 'delivery', title: 'Delivery' },
  { id: 'bug', title: 'Technical problem' },
  { id: 'sales', title: 'Sales' },
  { id: 'other', title: 'Something else' },
];
const post = [
  { id: 'refund', title: '退款' },
  { id: 'delivery', title: '物流' },
  { id: 'complaint', title: '投诉' },
  { id: 'other', title: '其他' },
];
const mood = [
  { id: 'positive', title: 'Happy' },
  { id: 'negative', title: 'Unhappy' },
];

test.each([
  ['Where is my refund?', 'refund'],
  ['I sent it back, when do I get my money back?', 'refund'],
  ['My parcel has not arrived, the tracking stands still.', 'delivery'],
  ['The app crashes with an error when I open it.', 'bug'],
  ['Could we get a quote for 200 seats?', 'sales'],
  ['REFUND NOW!!!', 'refund'],
  ['Nice weather in Bergen.', 'other'],
  ['', 'other'],
])('%j is about %s', (text, label) => {
  expect(classify({ text, labels: mail }).label).toBe(label);
});

test.each([
  ['我的退款什么时候到账？', 'refund'],
  ['快递一直没收到', 'delivery'],
  ['服务太差了，我要投诉！', 'complaint'],
  ['今天星期几', 'other'],
  ['Where is my parcel?', 'delivery'],
])('%j falls under %s in Chinese labels', (text, label) => {
  expect(classify({ text, labels: post }).label).toBe(label);
});

test.each([
  ['I love it, thank you, this is great!', 'positive'],
  ['Terrible quality and very slow. I hate it.', 'negative'],
])('%j feels %s', (text, label) => {
  expect(classify({ text, labels: mood }).label).toBe(label);
});

test('a hint decides where names do not', () => {
  const labels = [
    { id: 'a', title: 'Team A', hint: 'gardens, flowers and trees' },
    { id: 'b', title: 'Team B', hint: 'engines and wheels' },
  ];
  expect(classify({ text: 'Which flowers grow under trees?', labels }).label).toBe('a');
  expect(classify({ text: 'The wheels fell off.', labels }).label).toBe('b');
});

test('confidence is between 0 and 1, low where nothing was found, and the same every time', () => {
  const sure = classify({ text: 'refund refund money back', labels: mail });
  const unsure = classify({ text: 'hm', labels: mail });
  expect(sure.confidence).toBeGreaterThan(0.7);
  expect(sure.confidence).toBeLessThan(1);
  expect(unsure.confidence).toBeLessThan(0.5);
  expect(classify({ text: 'refund refund money back', labels: mail })).toEqual(sure);
});

test('labels named like built-in properties are labels', () => {
  const labels = [
    { id: 'constructor', title: 'constructor' },
    { id: 'hasownproperty', title: 'x' },
  ];
  expect(classify({ text: 'call the constructor', labels }).label).toBe('constructor');
  expect(classify({ text: 'x', labels: [] })).toEqual({ label: '', confidence: 0 });
});
