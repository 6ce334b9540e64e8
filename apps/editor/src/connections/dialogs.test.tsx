import type { CredentialResource, ProviderResource } from '@patchbay/services/resources';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, type ReactNode } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../i18n/index.ts';
import { click, type Rendered, render, type, until } from '../testing/render.tsx';
import './words.ts';
import { EditDialog, RotateDialog } from './dialogs.tsx';
import { SecretList } from './secret-list.tsx';

let page: Rendered | undefined;
beforeAll(startI18n);
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const credential: CredentialResource = {
  id: 'cred_1',
  kind: 'provider',
  name: 'bedrock',
  title: 'Amazon Bedrock',
  provider: 'bedrock',
  origin: 'https://bedrock-runtime.eu-central-1.amazonaws.com',
  baseUrl: null,
  region: 'eu-central-1',
  model: null,
  hint: '••••MPLE',
  createdAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
  lastTest: null,
  usableBy: 'everyone',
  isAuto: false,
  usedBy: [],
};
const bedrock: ProviderResource = {
  id: 'bedrock',
  title: 'Amazon Bedrock',
  keyPrefixes: [],
  keyUrl: null,
  needsKey: true,
  needsBaseUrl: false,
  baseUrl: null,
  keyForm: 'pair',
  fields: [{ part: 'model', title: 'Its model', help: 'Help', example: 'm', required: false }],
};

/** A server that knows the provider, and answers changes in turn; these are written down. */
function serve(...answers: Response[]) {
  const asked: [string, unknown][] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path === '/api/providers') return Response.json({ providers: [bedrock] });
    if (init.method === 'GET') return Response.json({ credentials: [], models: [], environment: [], defaultModel: null });
    asked.push([path, JSON.parse(String(init.body))]);
    return answers.shift() ?? Response.json({ ...credential });
  });
  return asked;
}

const control = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll('input')].find((input) => input.labels?.[0]?.textContent === label);
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
};
const press = (name: string) => click(page?.find('button', name) as HTMLElement);

test('a new key of two halves is sent as one; where it is refused it may be saved all the same', async () => {
  const sentence = 'Amazon Bedrock does not accept the key.';
  const problem = { code: 'invalid_input', title: 'x', detail: `Not saved: ${sentence}`, status: 400 };
  const asked = serve(Response.json({ ...problem, errors: [{ pointer: '/key', message: sentence }] }, { status: 400 }));
  const onClose = vi.fn();
  page = await render(<RotateDialog credential={credential} onClose={onClose} />);
  await until(() => document.body.textContent?.includes('Secret access key') === true);
  await type(control('Key'), 'AKIA1');
  await type(control('Secret access key'), 's1');
  await press('Replace');
  await until(() => document.querySelector('[role=alert]')?.textContent?.includes(sentence) === true);
  expect(onClose).not.toHaveBeenCalled();
  await press('Save anyway');
  await until(() => onClose.mock.calls.length === 1);
  expect(asked).toEqual([
    ['/api/credentials/cred_1/rotate', { key: 'AKIA1:s1', untested: false }],
    ['/api/credentials/cred_1/rotate', { key: 'AKIA1:s1', untested: true }],
  ]);
});

test('who may use it is changed with its name and model, in the words of its provider', async () => {
  const asked = serve();
  const onClose = vi.fn();
  page = await render(<EditDialog credential={{ ...credential, usableBy: 'managers' }} onClose={onClose} />);
  await until(() => document.body.textContent?.includes('Its model') === true);
  expect(document.body.textContent).toContain('API keys of scope manage');
  await type(control('Its model'), 'm2');
  await act(async () => document.querySelector('form')?.requestSubmit());
  await until(() => onClose.mock.calls.length === 1);
  expect(asked).toEqual([['/api/credentials/cred_1', { title: 'Amazon Bedrock', usableBy: 'managers', model: 'm2' }]]);
});

/** The list has links to flows, which need a router around them. */
function Routed({ children }: { children: ReactNode }) {
  const router = createRouter({ routeTree: createRootRoute({ component: () => children }), history: createMemoryHistory() });
  return <RouterProvider router={router} />;
}

test('a secret for managers is marked; a new one is for everyone unless somebody says otherwise', async () => {
  const asked = serve();
  const secret: CredentialResource = { ...credential, kind: 'secret', title: 'CRM', name: 'crm', usableBy: 'managers' };
  page = await render(
    <Routed>
      <SecretList secrets={[secret]} />
    </Routed>,
  );
  await until(() => document.body.textContent?.includes('CRM') === true);
  expect(document.body.textContent).toContain('Managers only');
  await press('Add a secret');
  await until(() => document.querySelector('[role=dialog]') !== null);
  await type(control('Name'), 'Shop');
  await type(control('Address of the service'), 'https://shop.example');
  await type(control('Value of the header'), 'Bearer x');
  await press('Add');
  await until(() => asked.length === 1);
  expect(asked[0]?.[1]).toMatchObject({ kind: 'secret', title: 'Shop', usableBy: 'everyone' });
});
