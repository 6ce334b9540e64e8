import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { closedLoop, median, quantile } from './load.ts';

test('quantiles are figures that were measured', () => {
  const sorted = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(quantile(sorted, 0.5)).toBe(51);
  expect(quantile(sorted, 0.99)).toBe(100);
  expect(median([9, 1, 5])).toBe(5);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the loop counts every answer and stops at one that is wrong', async () => {
  let served = 0;
  const server = createServer((_request, response) => {
    served += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const request = { path: '/', headers: {}, body: '' };
  const result = await closedLoop(origin, { ...request, check: (status) => expect(status).toBe(200) }, 2, 0.05);
  expect(result.requests).toBe(served);
  const wrong = () => {
    throw new Error('wrong answer');
  };
  await expect(closedLoop(origin, { ...request, check: wrong }, 1, 0.05)).rejects.toThrow('wrong answer');
  server.close();
});
