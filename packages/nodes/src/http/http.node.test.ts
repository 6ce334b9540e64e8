import { type HttpRequest, type HttpResult, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { describe, expect, test } from 'vitest';
import { httpNode } from './http.node.ts';

function web(result: Partial<HttpResult> = {}) {
  const sent: HttpRequest[] = [];
  const request = async (asked: HttpRequest): Promise<HttpResult> => {
    sent.push(asked);
    return { status: 200, headers: {}, text: '', ...result };
  };
  return { sent, ctx: { http: { request } } };
}
async function send(config: object, inputs = {}, result: Partial<HttpResult> = {}) {
  const { sent, ctx } = web(result);
  const { outputs } = await runNode(httpNode, { config: { ...config }, inputs, ctx });
  return { outputs, request: sent[0] as HttpRequest };
}
const issues = (config: object) => portsOf(httpNode, { type: 'http', config: { ...config } }).issues.map(({ code }) => code);

describe('the address', () => {
  test('encodes values, so that none leaves its part', async () => {
    const { request } = await send({ url: 'https://a.example/x/{{id}}?q={{q}}' }, { id: 'a/b?c#d', q: '1&admin=1' });
    expect(request.url).toBe('https://a.example/x/a%2Fb%3Fc%23d?q=1%26admin%3D1');
  });

  test.each([
    '{{host}}',
    'https://{{host}}/x',
    'https://a.{{host}}/x',
    '{{scheme}}://a.example',
    'https://a.example{{rest}}',
    'https://me@a.example/',
    'ftp://a.example/',
    'a.example/x',
    'https://a.example\\{{x}}',
  ])('refuses %s, where a value or a trick would choose the host', (url) => expect(issues({ url })).toEqual(['bad_address']));

  test.each(['', 'https://a.example', 'http://127.0.0.1:8080/{{x}}', 'https://a.example?q={{x}}', 'HTTPS://A.example/#{{x}}'])(
    'takes %j',
    (url) => expect(issues({ url })).toEqual([]),
  );

  test.each(['.', '..'])('a value of %j does not climb out of the path', async (id) => {
    await expect(send({ url: 'https://a.example/users/{{id}}/x' }, { id })).rejects.toMatchObject({
      errorClass: 'invalid_input',
      reason: 'url_dots',
    });
  });

  test('must be there', async () => {
    await expect(send({})).rejects.toMatchObject({ reason: 'url_missing' });
  });
});

describe('headers', () => {
  const url = 'https://a.example/';
  test('name a stored secret, which the step never sees, instead of a value', async () => {
    const headers = [
      { name: 'Authorization', value: 'ignored', secret: 'crm' },
      { name: 'X-Team', value: 'blue' },
    ];
    const { request } = await send({ url, headers, method: 'POST', body: 'text', text: 'x' });
    expect(request.headers).toEqual({ 'x-team': 'blue', 'content-type': 'text/plain; charset=utf-8' });
    expect(request.secrets).toEqual({ authorization: 'crm' });
    expect((await send({ url })).request).not.toHaveProperty('secrets');
    await expect(send({ url, headers: [{ name: 'Host', secret: 'crm' }] })).rejects.toMatchObject({ reason: 'header_name' });
  });

  test('carry values and are named in small letters', async () => {
    const { request } = await send(
      {
        url,
        headers: [
          { name: 'X-Order', value: 'no {{id}}' },
          { name: ' ', value: 'left out' },
        ],
      },
      { id: 7 },
    );
    expect(request.headers).toEqual({ 'x-order': 'no 7' });
  });

  test.each(['a\r\nHost: evil', 'a\nb', 'a\0b'])('refuse the value %j', async (id) => {
    await expect(send({ url, headers: [{ name: 'x', value: '{{id}}' }] }, { id })).rejects.toMatchObject({
      errorClass: 'invalid_input',
      reason: 'header_line_break',
    });
  });

  test.each(['Host', 'content-length', 'Transfer-Encoding', 'x y', 'x:'])('refuse the name %j', async (name) => {
    await expect(send({ url, headers: [{ name, value: 'x' }] })).rejects.toMatchObject({ reason: 'header_name' });
  });
});

describe('the body', () => {
  const url = 'https://a.example/';
  test('JSON is built from values, never from text', async () => {
    const { request } = await send({ url, method: 'POST', body: 'json', json: { a: '{{a}}', b: 'is {{b}}' } }, { a: [1], b: '"},{"' });
    expect(request).toMatchObject({
      method: 'POST',
      body: '{"a":[1],"b":"is \\"},{\\""}',
      headers: { 'content-type': 'application/json' },
    });
  });

  test('text goes as it is; a content type of the author stays', async () => {
    const headers = [{ name: 'Content-Type', value: 'text/csv' }];
    const { request } = await send({ url, method: 'PUT', body: 'text', text: 'a,{{b}}', headers }, { b: 'c' });
    expect(request).toMatchObject({ body: 'a,c', headers: { 'content-type': 'text/csv' } });
  });

  test('a GET has none, and what is hidden asks for no value', async () => {
    expect((await send({ url, body: 'text', text: 'x' })).request.body).toBeUndefined();
    expect(portsOf(httpNode, { type: 'http', config: { url, body: 'none', text: '{{x}}' } }).inputs).toEqual([]);
  });
});

describe('the answer', () => {
  const url = 'https://a.example/secret?key=1';
  const json = { 'content-type': 'application/json; charset=utf-8' };
  test('is data where it is JSON, text in any case', async () => {
    expect((await send({ url }, {}, { text: '{"a":1}', headers: json })).outputs).toEqual({ body: { a: 1 }, text: '{"a":1}', status: 200 });
    expect((await send({ url }, {}, { text: '[1]' })).outputs).toMatchObject({ body: [1] });
    expect((await send({ url }, {}, { text: '{broken', headers: json })).outputs).toMatchObject({ body: '{broken' });
    expect((await send({ url }, {}, { text: 'plain' })).outputs).toMatchObject({ body: 'plain', text: 'plain' });
  });

  test.each([
    [401, 'auth'],
    [404, 'invalid_input'],
    [408, 'timeout'],
    [429, 'rate_limited'],
    [500, 'provider_unavailable'],
    [504, 'timeout'],
  ])('a status of %i fails as %s and names the host alone', async (status, errorClass) => {
    await expect(send({ url }, {}, { status })).rejects.toMatchObject({
      errorClass,
      reason: 'http_status',
      params: { status, host: 'a.example' },
    });
  });

  test('is an answer like any other where the author says so', async () => {
    expect((await send({ url, failOnStatus: false }, {}, { status: 404, text: 'no' })).outputs).toEqual({
      body: 'no',
      text: 'no',
      status: 404,
    });
  });
});

test('the wait is the author’s, in milliseconds', async () => {
  expect((await send({ url: 'https://a.example', timeoutSeconds: 5 })).request.timeoutMs).toBe(5_000);
});
