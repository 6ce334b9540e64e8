import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import { createOpenAiCompatible } from './provider.ts';

const embed = (body: unknown, texts = ['a', 'bc'], status = 200) => {
  const prices = new Map([['local/m', { inputPerMillion: 1_000_000, outputPerMillion: 0 }]]);
  const provider = createOpenAiCompatible({ id: 'local', baseUrl: 'http://x/v1', prices });
  const call = { request: cannedRequest([JSON.stringify(body)], status), signal: new AbortController().signal };
  if (provider.embed === undefined) throw new Error('It embeds.');
  return provider.embed({ model: 'm', texts }, call);
};
const data = [{ embedding: [1, 2] }, { embedding: [3, 4] }];

test('vectors come in order, with the tokens and their price', async () => {
  expect(await embed({ data, usage: { prompt_tokens: 3 } })).toEqual({
    vectors: [
      [1, 2],
      [3, 4],
    ],
    usage: { inputTokens: 3, outputTokens: 0, costUsd: 3, estimated: false },
    model: 'm',
    simulated: false,
  });
});

test.each([[{}], [{ usage: { prompt_tokens: -1 } }], [{ usage: { prompt_tokens: '3' } }]])(
  'tokens nobody can count by (%j) are estimated',
  async (more) => {
    expect((await embed({ data, ...more })).usage).toMatchObject({ inputTokens: 2, estimated: true });
  },
);

test.each([{}, { data: [data[0]] }, { data: [...data, data[0]] }, { data: [{ embedding: 'AAAA' }, data[0]] }, []])(
  '%j is not one vector per text',
  async (body) => {
    await expect(embed(body)).rejects.toMatchObject({ errorClass: 'bad_output', reason: 'malformed_answer' });
  },
);

test('a refusal is its class', async () => {
  await expect(embed({ error: { message: 'Slow down' } }, ['a'], 429)).rejects.toMatchObject({ errorClass: 'rate_limited' });
});
