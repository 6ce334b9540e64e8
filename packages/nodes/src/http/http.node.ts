import { defineNode, field, type HttpRequest, type HttpResult, type Json, parseJsonText } from '@patchbay/node-kit';
import * as z from 'zod';
import { hasLiteralHost, hostOf, readAddress } from './address.ts';
import { statusFailure } from './failed-status.ts';
import { headersField } from './header-field.ts';
import { readHeaders } from './headers.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const withBody: (typeof methods)[number][] = ['POST', 'PUT', 'PATCH', 'DELETE'];

const config = z
  .strictObject({
    method: field.choice(
      { title: { en: 'Method', 'zh-Hans': '方法' }, options: methods.map((value) => ({ value, title: { en: value, 'zh-Hans': value } })) },
      'GET',
    ),
    url: field.text({
      title: { en: 'Address', 'zh-Hans': '地址' },
      help: { en: 'Values may stand after the host; they are encoded.', 'zh-Hans': '主机名之后可插入变量，变量会自动编码。' },
      placeholder: { en: 'https://api.example.com/orders/{{order}}', 'zh-Hans': 'https://api.example.com/orders/{{order}}' },
      escape: 'url',
    }),
    headers: headersField(),
    body: field.choice(
      {
        title: { en: 'Body', 'zh-Hans': '请求体' },
        options: [
          { value: 'none', title: { en: 'none', 'zh-Hans': '无' } },
          { value: 'json', title: { en: 'JSON', 'zh-Hans': 'JSON' } },
          { value: 'text', title: { en: 'text', 'zh-Hans': '文本' } },
        ],
        showIf: { field: 'method', in: withBody },
      },
      'none',
    ),
    json: field.json({ title: { en: 'JSON', 'zh-Hans': 'JSON' }, showIf: { field: 'body', in: ['json'] } }, {}),
    text: field.longText({ title: { en: 'Text', 'zh-Hans': '文本' }, showIf: { field: 'body', in: ['text'] } }),
    failOnStatus: field.toggle(
      {
        title: { en: 'Fail on an error status', 'zh-Hans': '状态码为错误时失败' },
        help: {
          en: 'Off: a status of 400 and above is an answer like any other.',
          'zh-Hans': '关闭后，400 及以上的状态码也视为正常返回。',
        },
        advanced: true,
      },
      true,
    ),
    timeoutSeconds: field.number(
      { title: { en: 'Longest wait, in seconds', 'zh-Hans': '最长等待（秒）' }, min: 1, max: 60, advanced: true },
      30,
    ),
  })
  .superRefine(({ url }, issues) => {
    if (!hasLiteralHost(url))
      issues.addIssue({ code: 'custom', message: 'The host must be written out', path: ['url'], params: { code: 'bad_address' } });
  });
type Config = z.output<typeof config>;

export const httpNode = defineNode({
  type: 'http',
  version: 1,
  category: 'web',
  icon: 'globe',
  words: {
    title: { en: 'HTTP request', 'zh-Hans': 'HTTP 请求' },
    summary: { en: 'Calls an address on the web and gives its answer.', 'zh-Hans': '调用一个网络地址，并给出返回内容。' },
    synonyms: ['API', 'REST', 'fetch', 'webhook', 'GET', 'POST', 'curl', 'URL', '接口', '请求', '网址', '调用'],
  },
  config,
  ports: {
    inputs: [],
    outputs: [
      { id: 'body', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data' },
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' },
      { id: 'status', title: { en: 'Status', 'zh-Hans': '状态码' }, type: 'number' },
    ],
  },
  essence: ({ method, url }) => `${method} ${url.replace(/^https?:\/\//, '')}`,
  // Other methods may have an effect outside, so they are never sent again by themselves; only the author's retry rule does that.
  repeatable: ({ method }) => method === 'GET',
  examples: [
    {
      name: { en: 'Look up an order', 'zh-Hans': '查询订单' },
      config: { url: 'https://api.example.com/orders/{{order}}' },
      inputs: { order: 'A/7 é' },
      outputs: {
        body: { method: 'GET', url: 'https://api.example.com/orders/A%2F7%20%C3%A9' },
        text: '{"method":"GET","url":"https://api.example.com/orders/A%2F7%20%C3%A9"}',
        status: 200,
      },
    },
  ],
  async run({ config: settings }, ctx) {
    const request = requestOf(settings);
    const result = await ctx.http.request(request);
    if (result.status >= 400 && settings.failOnStatus) throw statusFailure(result.status, hostOf(request.url));
    return { body: readBody(result), text: result.text, status: result.status };
  },
});

function requestOf(settings: Config): HttpRequest {
  const { method } = settings;
  const { headers, secrets } = readHeaders(settings.headers);
  const request: HttpRequest = { url: readAddress(settings.url), method, headers, timeoutMs: settings.timeoutSeconds * 1_000 };
  if (Object.keys(secrets).length > 0) request.secrets = secrets;
  if (method === 'GET' || settings.body === 'none') return request;
  if (!Object.hasOwn(secrets, 'content-type'))
    headers['content-type'] ??= settings.body === 'json' ? 'application/json' : 'text/plain; charset=utf-8';
  return { ...request, body: settings.body === 'json' ? JSON.stringify(settings.json) : settings.text };
}

/** The answer as data: JSON where it is JSON, else the text as it is. */
function readBody({ text, headers }: HttpResult): Json {
  const type = headers['content-type'] ?? '';
  if (text === '' || !(/[/+]json\b/i.test(type) || /^\s*[[{]/.test(text))) return text;
  try {
    return parseJsonText(text);
  } catch {
    return text;
  }
}
