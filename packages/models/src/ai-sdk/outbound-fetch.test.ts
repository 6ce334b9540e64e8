import { cannedRequest } from '@patchbay/testing';
import { expect, test } from 'vitest';
import type { OutboundRequest, OutboundResponse } from '../interface.ts';
import { outboundFetch } from './outbound-fetch.ts';

const context = { provider: 'p', model: 'm', secrets: ['secret-1'] };
function serving(answer: (call: Parameters<OutboundRequest>[0]) => Promise<OutboundResponse> = () => cannedRequest(['{}'])()) {
  const asked: Parameters<OutboundRequest>[0][] = [];
  const request: OutboundRequest = (call) => {
    asked.push(call);
    return answer(call);
  };
  return { asked, call: { request, signal: new AbortController().signal, idempotencyKey: 'k1' } };
}

test('what is sent is what was meant, with the call’s own signal and key', async () => {
  const { asked, call } = serving();
  const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer x' };
  await outboundFetch({ call, context, stream: false })('http://x/y', { method: 'POST', headers, body: '{"a":1}' });
  expect(asked).toEqual([
    {
      url: 'http://x/y',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x', 'idempotency-key': 'k1' },
      body: '{"a":1}',
      signal: call.signal,
    },
  ]);
});

test('a stream says that it is one; headers of ours come last; an empty key is none', async () => {
  const { asked, call } = serving();
  const fetch = outboundFetch({
    call,
    context,
    stream: true,
    headers: async () => ({ authorization: 'Bearer mine', 'x-goog-api-key': '' }),
  });
  await fetch(new URL('http://x/y'), {
    headers: { 'x-api-key': '', authorization: 'Bearer theirs', 'x-goog-api-key': 'theirs', other: 'Bearer ' },
  });
  expect(asked[0]).toMatchObject({ url: 'http://x/y', method: 'GET' });
  expect(asked[0]?.headers).toEqual({ accept: 'text/event-stream', authorization: 'Bearer mine', 'idempotency-key': 'k1' });
  expect(asked[0]).not.toHaveProperty('body');
});

test('a form is written out, and its type names the boundary that stands in it', async () => {
  const { asked, call } = serving();
  const form = new FormData();
  form.append('model', 'whisper');
  form.append('file', new Blob([new Uint8Array([0, 255, 10])]), 'a.wav');
  await outboundFetch({ call, context, stream: false })('http://x/y', { method: 'POST', body: form });
  const boundary = /boundary=(.+)$/.exec(asked[0]?.headers['content-type'] ?? '')?.[1] ?? '';
  const body = asked[0]?.body;
  expect(body).toBeInstanceOf(Uint8Array);
  expect(boundary.length).toBeGreaterThan(5);
  expect(Buffer.from(body as Uint8Array).toString('latin1')).toContain(`--${boundary}\r\n`);
  expect(Buffer.from(body as Uint8Array).includes(Buffer.from([0, 255, 10]))).toBe(true);
});

test('bytes go as they are', async () => {
  const { asked, call } = serving();
  await outboundFetch({ call, context, stream: false })('http://x/y', { method: 'POST', body: new Uint8Array([1, 2]) });
  expect(asked[0]?.body).toEqual(new Uint8Array([1, 2]));
});

test.each([
  [401, 'auth'],
  [429, 'rate_limited'],
  [500, 'provider_unavailable'],
])('a %i is thrown as our own error, which no package sees', async (status, errorClass) => {
  const { call } = serving(() => cannedRequest(['{"error":{"message":"with secret-1"}}'], status, { 'retry-after': '2' })());
  await expect(outboundFetch({ call, context, stream: false })('http://x')).rejects.toMatchObject({
    errorClass,
    params: { message: 'with [key]' },
  });
});

test('the answer is read only as it is asked for, and leaving it closes it', async () => {
  let read = 0;
  let closed = false;
  const body = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        read += 1;
        return { done: false as const, value: new Uint8Array([read]) };
      },
      return: async () => {
        closed = true;
        return { done: true as const, value: undefined };
      },
    }),
  };
  const { call } = serving(async () => ({
    status: 200,
    headers: { 'content-encoding': 'identity', 'content-length': '9', a: 'b' },
    body,
    text: async () => '',
  }));
  const response = await outboundFetch({ call, context, stream: true })('http://x');
  expect(Object.fromEntries(response.headers)).toEqual({ a: 'b' });
  expect(read).toBe(0);
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value).toEqual(new Uint8Array([1]));
  await reader?.cancel();
  expect([read, closed]).toEqual([1, true]);
});

test('a failure of the way there comes through as it is', async () => {
  const failure = new TypeError('broken');
  const { call } = serving(() => Promise.reject(failure));
  await expect(outboundFetch({ call, context, stream: false })('http://x')).rejects.toBe(failure);
});
