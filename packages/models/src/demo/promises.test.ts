import { expect, test } from 'vitest';
import { extractMany } from './extract.ts';
import { dueDays, promisers, promises } from './promises.ts';
import { transcript } from './transcript.ts';

test('who promises what by when', () => {
  const line = 'Tom: The photos are ready. I will write it by Thursday.';
  expect([promisers(line), promises(line), dueDays(line)]).toEqual([['Tom'], ['I will write it by Thursday.'], ['Thursday']]);
  const chinese = '阿东：照片好了。我周四之前写好。';
  expect([promisers(chinese), promises(chinese), dueDays(chinese)]).toEqual([['阿东'], ['我周四之前写好。'], ['周四']]);
  expect([promisers('Mei: Good morning.'), promises('We met on Friday.'), dueDays('I left on Monday.')]).toEqual([[], [], []]);
});

test('the example of a meeting holds two tasks in each language', () => {
  const fields = ['who', 'task', 'due'].map((id) => ({ id, title: id, type: 'text' }));
  expect(extractMany(transcript(undefined).text, fields)).toEqual([
    { who: 'Tom', task: 'I will write it by Thursday.', due: 'Thursday' },
    { who: 'Ana', task: 'I will send them an offer by Friday.', due: 'Friday' },
  ]);
  expect(extractMany(transcript('zh').text, fields).map(({ who, due }) => [who, due])).toEqual([
    ['阿东', '周四'],
    ['安娜', '周五'],
  ]);
});
