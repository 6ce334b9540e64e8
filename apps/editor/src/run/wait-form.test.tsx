import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from '../testing/render.tsx';
import { WaitForm } from './wait-form.tsx';

afterEach(() => vi.unstubAllGlobals());

const wait = {
  id: 'wait_1',
  node: 'ask',
  scope: '',
  kind: 'person' as const,
  until: null as string | null,
  message: 'May it be sent?',
  fields: [{ id: 'text', title: 'Text', type: 'text' as const, required: true }],
};

/** A server that answers so; what it was asked is written down. */
function serverThat(status: number, body: unknown) {
  const asked: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, body: JSON.parse(String(init.body)) });
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  return asked;
}

async function answered(text: string, locale: 'en' | 'zh-Hans' = 'en') {
  const shown = await render(<WaitForm run="run_1" wait={wait} />, locale);
  const field = document.querySelector('textarea');
  if (field === null) throw new Error('no field');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () => shown.find('button', locale === 'en' ? 'Answer' : '答复').click());
  return shown;
}

test('an answer is sent once and the form says that the run goes on', async () => {
  const asked = serverThat(204, undefined);
  const shown = await answered('Yes');
  expect(asked).toEqual([{ path: '/api/runs/run_1/answers/wait_1', body: { values: { text: 'Yes' } } }]);
  expect(shown.text()).toContain('Answered. The run goes on.');
  expect(document.querySelector('textarea')).toBeNull();
  await shown.close();
});

test('an empty field is asked for before anything is sent, in the reader’s language', async () => {
  const asked = serverThat(204, undefined);
  const shown = await answered('', 'zh-Hans');
  expect(asked).toEqual([]);
  expect(shown.text()).toContain('运行需要填写“Text”。');
  await shown.close();
});

test('that somebody else has answered is told in the words of the server, and the form stays', async () => {
  serverThat(409, { code: 'conflict', title: 'Conflict', detail: 'Somebody has given another answer before.', status: 409 });
  const shown = await answered('Yes');
  expect(shown.find('alert', /Somebody has given another answer before\./)).toBeDefined();
  expect(document.querySelector('textarea')?.value).toBe('Yes');
  await shown.close();
});

test('when the time is over there is nothing to fill in', async () => {
  const shown = await render(<WaitForm run="run_1" wait={{ ...wait, until: '2020-01-01T00:00:00.000Z' }} />);
  expect(shown.text()).toContain('The time to answer is over');
  expect(document.querySelector('textarea')).toBeNull();
  await shown.close();
  const time = await render(<WaitForm run="run_1" wait={{ ...wait, kind: 'time', until: '2030-01-01T00:00:00.000Z' }} />);
  expect(time.text()).toContain('It goes on at');
  await time.close();
});
