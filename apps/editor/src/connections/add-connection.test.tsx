import type { ProviderField, ProviderResource } from '@patchbay/services/resources';
import { act } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/index.ts';
import { click, type Rendered, render, type, until } from '../testing/render.tsx';
import './words.ts';
import { AddConnection } from './add-connection.tsx';

let page: Rendered | undefined;
beforeAll(startI18n);
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const field = (part: ProviderField['part'], title: string, required = true): ProviderField => ({
  part,
  title,
  help: `${title}: help`,
  example: `${title}: example`,
  required,
});
const provider = (id: string, more: Partial<ProviderResource>): ProviderResource => ({
  id,
  title: id.toUpperCase(),
  keyPrefixes: [],
  keyUrl: null,
  needsKey: true,
  needsBaseUrl: false,
  baseUrl: null,
  keyForm: 'line',
  fields: [],
  ...more,
});
const providers = [
  provider('openai', { keyPrefixes: ['sk-'], baseUrl: 'https://api.openai.com/v1' }),
  provider('azure', {
    needsBaseUrl: true,
    fields: [field('key', 'Azure key'), field('baseUrl', 'Endpoint'), field('model', 'Deployment')],
  }),
  provider('vertex', {
    keyPrefixes: ['{'],
    keyForm: 'file',
    fields: [field('key', 'Key file'), field('region', 'Location', false)],
  }),
  provider('bedrock', {
    keyPrefixes: ['AKIA', 'ABSK', 'aws_access_key_id'],
    keyForm: 'pair',
    fields: [field('key', 'Access key ID'), field('region', 'Region')],
  }),
];

/** A server that answers so; what it was asked is written down. */
function serve(...answers: Response[]) {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    asked.push(JSON.parse(String(init.body)));
    return answers.shift() ?? Response.json({ id: 'cred_1', title: 'Made' }, { status: 201 });
  });
  return asked;
}

const problem = (pointer: string, message: string, detail: string) =>
  Response.json({ code: 'invalid_input', title: 'x', detail, status: 400, errors: [{ pointer, message }] }, { status: 400 });

async function open(locale: 'en' | 'zh-Hans' = 'en') {
  const added = vi.fn();
  page = await render(<AddConnection providers={providers} onAdded={added} />, locale);
  return added;
}

const inputs = () => [...document.querySelectorAll('input')];
const labels = () => inputs().map((input) => input.labels?.[0]?.textContent ?? input.getAttribute('aria-label'));
const inputOf = (label: string) => inputs()[labels().indexOf(label)] ?? fail(label);
const fail = (label: string): never => {
  throw new Error(`no ${label}; there are ${labels().join(', ')}`);
};

/** As a browser does when a person pastes. What has several lines never reaches the value by itself. */
async function paste(label: string, text: string): Promise<void> {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: () => text } });
  await act(async () => inputOf(label).dispatchEvent(event));
  if (!event.defaultPrevented) await type(inputOf(label), text);
}
const submit = () => click(page?.find('button', 'Add') ?? fail('Add'));

test('a key of AWS asks for its other half and a region, and goes out as one secret', async () => {
  const asked = serve();
  const added = await open();
  await type(inputOf('Key'), 'AKIA1');
  expect(labels()).toEqual(expect.arrayContaining(['Access key ID', 'Secret access key', 'Session token', 'Region']));
  await type(inputOf('Secret access key'), 's/+1');
  await type(inputOf('Region'), 'eu-central-1');
  await submit();
  await until(() => added.mock.calls.length === 1);
  expect(asked).toEqual([{ kind: 'provider', provider: 'bedrock', key: 'AKIA1:s/+1', region: 'eu-central-1' }]);
  expect(inputOf('Key').value).toBe('');
});

test('lines of a credentials file are taken whole, named by their number, and can be taken back', async () => {
  const asked = serve();
  await open();
  const lines = 'aws_access_key_id = AKIA1\naws_secret_access_key = s1';
  await paste('Key', `${lines}\n`);
  expect(page?.text()).toContain('2 lines pasted');
  expect(document.body.innerHTML).not.toContain('AKIA1');
  expect(labels()).not.toContain('Secret access key');
  await click(page?.find('button', 'Remove the key') ?? fail('Remove'));
  expect(inputOf('Key').value).toBe('');
  await paste('Key', lines);
  await submit();
  await until(() => asked.length === 1);
  expect(asked).toEqual([{ kind: 'provider', provider: 'bedrock', key: lines }]);
});

test('an API key has no other half', async () => {
  serve();
  await open();
  await type(inputOf('Key'), 'ABSKx');
  expect(labels()).not.toContain('Secret access key');
});

test('a dropped key file is named by its account and makes it Google’s', async () => {
  const asked = serve();
  await open('zh-Hans');
  const file = JSON.stringify({ client_email: 'flows@p1.example', private_key: 'planted' }, undefined, 2);
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files: [new File([file], 'key.json')] } });
  await act(async () => inputOf('密钥').dispatchEvent(event));
  await until(() => page?.text().includes('flows@p1.example') === true);
  expect(document.body.innerHTML).not.toContain('planted');
  await click(page?.find('button', '添加') ?? fail('添加'));
  await until(() => asked.length === 1);
  expect(asked).toEqual([{ kind: 'provider', provider: 'vertex', key: file }]);
});

test('a file that is too large or empty is refused at the field', async () => {
  const asked = serve();
  await open();
  for (const file of [new File(['x'.repeat(20_000)], 'film.mp4'), new File([' '], 'empty.json')]) {
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { files: [file] } });
    await act(async () => inputOf('Key').dispatchEvent(event));
    await until(() => page?.text().includes(`${file.name} is no key file.`) === true);
  }
  expect(asked).toEqual([]);
});

test('an address of Azure goes where it belongs, with its deployment', async () => {
  const asked = serve();
  await open();
  await paste('Key', 'https://mine.openai.azure.com/openai/deployments/chat/chat/completions?api-version=1');
  expect([inputOf('Endpoint').value, inputOf('Deployment').value, inputOf('Azure key').value]).toEqual([
    'https://mine.openai.azure.com',
    'chat',
    '',
  ]);
  await type(inputOf('Azure key'), 'k1');
  await submit();
  await until(() => asked.length === 1);
  expect(asked).toEqual([{ kind: 'provider', provider: 'azure', key: 'k1', baseUrl: 'https://mine.openai.azure.com', model: 'chat' }]);
});

test('a wrong form is told at its field, a refused test below with the way on', async () => {
  const sentence = 'This provider needs a region.';
  const refused = 'BEDROCK does not accept the key.';
  const asked = serve(problem('/region', sentence, sentence), problem('/key', refused, `The connection was not saved: ${refused}`));
  await open();
  await type(inputOf('Key'), 'AKIA1:s1');
  await submit();
  await until(() => inputOf('Region').getAttribute('aria-invalid') === 'true');
  expect(document.querySelector('[role=alert]')?.textContent).toBe(sentence);
  expect(document.getElementById(inputOf('Region').getAttribute('aria-describedby')?.split(' ').at(-1) ?? '')?.textContent).toBe(sentence);
  await type(inputOf('Region'), 'eu-central-1');
  expect(document.querySelector('[role=alert]')).toBeNull();
  await submit();
  await until(() => document.querySelector('[role=alert]') !== null);
  expect(document.querySelector('[role=alert]')?.textContent).toContain(refused);
  await click(page?.find('button', 'Save anyway') ?? fail('Save anyway'));
  await until(() => asked.length === 3);
  expect(asked.at(-1)).toMatchObject({ untested: true, region: 'eu-central-1' });
});
