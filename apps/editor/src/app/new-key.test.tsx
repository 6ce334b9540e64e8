import { afterEach, expect, test, vi } from 'vitest';
import { click, type Rendered, render, type, until } from '../testing/render.tsx';
import { NewKeyDialog } from './new-key.tsx';

let page: Rendered | undefined;
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

/** A server that makes the key, or says no. */
function serve(answer: Response) {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (init.method !== 'POST') return Response.json(path === '/api/flows' ? { flows: [] } : { keys: [] });
    asked.push(JSON.parse(String(init.body)));
    return answer;
  });
  return asked;
}
const control = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll('input')].find((input) => input.labels?.[0]?.textContent === label);
  if (found === undefined) throw new Error(`no ${label}`);
  return found;
};

test('a name is enough; the key is shown once, to be copied', async () => {
  const asked = serve(Response.json({ id: 'key_1', name: 'Shop', key: 'pb_live_abc' }, { status: 201 }));
  const onClose = vi.fn();
  page = await render(<NewKeyDialog onClose={onClose} />);
  expect((page.find('button', 'Make key') as HTMLButtonElement).disabled).toBe(true);
  await type(control('Name'), 'Shop');
  await type(control('Calls a minute, at most'), '60');
  await click(page.find('button', 'Make key'));
  await until(() => document.body.textContent?.includes('pb_live_abc') === true);
  expect(asked).toEqual([{ name: 'Shop', scopes: ['run'], limits: { runsPerMinute: 60 } }]);
  await click(page.find('button', 'Done'));
  expect(onClose).toHaveBeenCalledOnce();
});

test('a figure that is none is told at its field, and what the server says stands in the window', async () => {
  serve(Response.json({ code: 'forbidden', title: 'x', detail: 'This key may not make keys.', status: 403 }, { status: 403 }));
  page = await render(<NewKeyDialog onClose={() => {}} />, 'zh-Hans');
  await type(control('名称'), '商店');
  await type(control('每天最多花费（美元）'), 'free');
  expect(page.text()).toContain('请填写数字，例如 5 或 0.50。');
  expect((page.find('button', '创建密钥') as HTMLButtonElement).disabled).toBe(true);
  await type(control('每天最多花费（美元）'), '5');
  await click(page.find('button', '创建密钥'));
  await until(() => document.body.textContent?.includes('This key may not make keys.') === true);
});
