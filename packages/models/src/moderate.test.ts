import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { moderate } from './moderate.ts';

const options = { baseUrl: 'http://x/v1', apiKey: 'key-1', provider: 'p' };
const judge = (results: unknown, texts = ['a']) =>
  moderate(options, { model: 'm', texts }, { request: cannedRequest([JSON.stringify({ results })]), signal: new AbortController().signal });

test.each([
  [{ flagged: true, category_scores: { hate: 0.9 } }, true],
  [{ flagged: false, category_scores: { hate: 0.9 } }, false],
  [{ categories: { hate: true, violence: false }, category_scores: { hate: 0.9 } }, true],
  [{ categories: { hate: false }, category_scores: { hate: 0.9, odd: 'x' } }, false],
])('%j is flagged: %s', async (result, flagged) => {
  expect((await judge([result])).verdicts).toEqual([{ flagged, categories: { hate: 0.9 } }]);
});

test('an odd verdict flags nothing, and every text has one', async () => {
  expect((await judge([null, 'x'], ['a', 'b'])).verdicts).toEqual([
    { flagged: false, categories: {} },
    { flagged: false, categories: {} },
  ]);
  await expect(judge([{}], ['a', 'b'])).rejects.toMatchObject({ errorClass: 'bad_output' });
  await expect(judge(undefined)).rejects.toMatchObject({ errorClass: 'bad_output' });
});
