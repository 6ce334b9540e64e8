import { describe, expect, test } from 'vitest';
import type { ModelTask } from '../interface.ts';
import { answerOf } from './answer.ts';

const ask = (task: ModelTask): string =>
  answerOf({ model: 'auto', messages: [{ role: 'user', content: 'text' in task ? task.text : '' }], task });

describe('an answer from a text', () => {
  const text = 'The museum opens at nine. Children under six pay nothing. The café is in the garden.';
  const answer = (question: string, from = text) => JSON.parse(ask({ kind: 'answer', text: from, question }));

  test.each([
    ['When does the museum open?', 'The museum opens at nine.'],
    ['What do children pay?', 'Children under six pay nothing.'],
    ['Where is the café?', 'The café is in the garden.'],
  ])('%s', (question, sentence) => expect(answer(question)).toEqual({ found: true, answer: sentence, quotes: [sentence] }));

  test('is not made up', () => expect(answer('Who painted the ceiling?')).toEqual({ found: false, answer: '', quotes: [] }));
  test('in Chinese too', () =>
    expect(answer('博物馆几点开门？', '博物馆九点开门。儿童免费。')).toMatchObject({ found: true, answer: '博物馆九点开门。' }));
});

describe('rewriting', () => {
  const rewrite = (text: string, wish: object = {}) => ask({ kind: 'rewrite', text, tone: 'keep', length: 'keep', fix: true, ...wish });
  test('corrects slips, spaces and capitals', () => expect(rewrite('i dont  recieve it . im sad')).toBe("I don't receive it. I'm sad"));
  test('leaves all of it where that is not wanted', () => expect(rewrite('i  dont', { fix: false })).toBe('i  dont'));
  test('knows formal forms', () => {
    expect(rewrite("Hi, I can't and we don't", { tone: 'formal' })).toBe('Hello, I cannot and we do not');
    expect(rewrite('你好，你们在吗？', { tone: 'formal' })).toBe('您好，贵方在吗？');
  });
  test('shortens to half of the sentences', () => {
    expect(
      rewrite('Trams are late. Trams are full of people. Buy milk. The trams cost more.', { length: 'shorter' }).split('.').length,
    ).toBe(3);
  });
});

test('code is a comment in one block, whatever the request holds', () => {
  expect(ask({ kind: 'code', text: 'Sum\n``` x', language: 'Python' })).toBe(
    '```python\n# Demo model: a connected model writes this code.\n# Sum\n# ~~~ x\n```',
  );
  expect(ask({ kind: 'code', text: 'a */ b', language: 'CSS' })).toContain('/* a * / b */');
  expect(ask({ kind: 'code', text: 'a --> b', language: 'HTML' })).toContain('<!-- a -- > b -->');
  expect(ask({ kind: 'code', text: 'a', language: 'SQL' })).toContain('-- a');
  expect(ask({ kind: 'code', text: 'a', language: 'Rust' })).toContain('// a');
});

test('moderation names the topics it was asked for', () => {
  const topics = ['harassment', 'spam'];
  expect(JSON.parse(ask({ kind: 'moderate', text: 'You idiot, I will kill you', topics }))).toEqual({ topics: ['harassment'] });
  expect(JSON.parse(ask({ kind: 'moderate', text: '恭喜中奖，点击领取', topics }))).toEqual({ topics: ['spam'] });
  expect(JSON.parse(ask({ kind: 'moderate', text: 'Good morning', topics }))).toEqual({ topics: [] });
});

test('finds no bias of its own', () => expect(JSON.parse(ask({ kind: 'bias', text: 'x' }))).toEqual({ findings: [], rewrite: '' }));

test('several labels, each with how sure it is', () => {
  const labels = [
    { id: 'refund', title: 'Refund' },
    { id: 'delivery', title: 'Delivery' },
    { id: 'sales', title: 'Sales' },
  ];
  const { labels: found } = JSON.parse(ask({ kind: 'classify', text: 'My parcel is late, I want my money back', labels, many: true }));
  expect(found.map(({ label }: { label: string }) => label)).toEqual(['refund', 'delivery']);
  for (const { confidence } of found) expect(confidence).toBeGreaterThan(0.5);
});

test('one record for each line that says something', () => {
  const fields = [
    { id: 'email', title: 'E-mail', type: 'text' },
    { id: 'amount', title: 'Amount', type: 'number' },
  ];
  expect(
    JSON.parse(ask({ kind: 'extract', text: 'Paid:\nada@example.com 12.50 EUR\n\nbob@example.com 7 EUR', fields, many: true })),
  ).toEqual({
    records: [
      { email: 'ada@example.com', amount: 12.5 },
      { email: 'bob@example.com', amount: 7 },
    ],
  });
});
