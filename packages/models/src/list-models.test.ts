import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { listModels } from './list-models.ts';

const context = { provider: 'p', model: '', secrets: ['secret-1'] };
const list = (body: string, status = 200) =>
  listModels(
    { url: 'http://x/models', headers: {}, context },
    { request: cannedRequest([body], status), signal: new AbortController().signal },
  );

test.each([
  ['{"data":[{"id":"a"},{"id":"b"}]}', ['a', 'b']],
  ['{"models":[{"name":"models/gemini"},{"name":"tuned"}]}', ['gemini', 'tuned']],
  ['[{"id":"a"}]', ['a']],
  ['{"data":[{"id":1},null,"x",{}]}', []],
  ['{}', []],
  ['null', []],
])('%s lists %j', async (body, names) => {
  expect(await list(body)).toEqual(names);
});

test('what is no list fails in its class', async () => {
  await expect(list('<html>')).rejects.toMatchObject({ errorClass: 'bad_output', reason: 'malformed_answer' });
  await expect(list('{"error":{"message":"no secret-1"}}', 401)).rejects.toMatchObject({
    errorClass: 'auth',
    params: { message: 'no [key]' },
  });
});
