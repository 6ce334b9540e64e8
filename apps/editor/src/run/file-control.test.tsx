import type { Json } from '@patchbay/flow';
import { act, useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Rendered, render, until } from '../testing/render.tsx';
import { ValueView } from '../ui/value-view.tsx';
import { FileControl } from './file-control.tsx';

let page: Rendered | undefined;
let held: Json = null;
afterEach(async () => {
  await page?.close();
  held = null;
  vi.unstubAllGlobals();
});

function Control({ inFlow = false }: { inFlow?: boolean }) {
  const [value, setValue] = useState<Json>(null);
  held = value;
  return <FileControl type="image" label="Photo" value={value} inFlow={inFlow} onChange={setValue} />;
}

const id = `file_${'0'.repeat(26)}`;
const stored = { file: id, mediaType: 'image/png', size: 3, name: 'a.png', url: `/v1/files/${id}` };

function serve(answer: () => Response) {
  const calls: { url: string; body: unknown; type: unknown }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push({ url, body: init.body, type: (init.headers as Record<string, string>)['Content-Type'] });
    return answer();
  });
  return calls;
}

const png = () => new File(['png'], 'a.png', { type: 'image/png' });

/** As a browser does when a person lets a file go over the field. */
async function drop(file: File): Promise<void> {
  const place = document.querySelector('[data-drop]');
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { files: [file] } });
  await act(async () => place?.dispatchEvent(event));
}

test('a dropped file is sent by its bytes, and the value names it', async () => {
  const calls = serve(() => Response.json(stored, { status: 201 }));
  page = await render(<Control />);
  const file = png();
  await drop(file);
  await until(() => held !== null);
  expect(held).toEqual(stored);
  expect(calls).toEqual([{ url: '/api/files?name=a.png&type=image%2Fpng', body: file, type: 'application/octet-stream' }]);
  expect(document.querySelector('img')?.getAttribute('src')).toBe(`/api/files/${id}`);
  await act(async () => page?.find('button', 'Remove a.png').click());
  expect(held).toBeNull();
});

test('a file of another kind, one that is too large, and one the server refuses are said at the field', async () => {
  const problem = { code: 'storage_full', title: 'x', detail: 'The disk is full; nothing was stored.', status: 507 };
  const calls = serve(() => Response.json(problem, { status: 507 }));
  page = await render(<Control />);
  await drop(new File(['x'], 'a.txt', { type: 'text/plain' }));
  expect(page.find('alert', 'This file is not of the right kind.')).toBeTruthy();
  const large = png();
  Object.defineProperty(large, 'size', { value: 26 * 1024 * 1024 });
  await drop(large);
  expect(page.find('alert', 'The file is larger than 25 MB.')).toBeTruthy();
  expect(calls).toEqual([]);
  await drop(png());
  await until(() => document.body.textContent?.includes('The disk is full') === true);
  expect(held).toBeNull();
});

test('what stays in the flow holds the file itself, and is small', async () => {
  const calls = serve(() => Response.error());
  page = await render(<Control inFlow />);
  await drop(png());
  await until(() => held !== null);
  expect(held).toEqual({ mediaType: 'image/png', base64: btoa('png'), name: 'a.png' });
  await drop(new File([new Uint8Array(256 * 1024 + 1)], 'b.png', { type: 'image/png' }));
  expect(page.find('alert', /may have 256 kB at most/)).toBeTruthy();
  expect(calls).toEqual([]);
});

test('results show images, players and files to keep', async () => {
  const values: Json[] = [
    stored,
    [
      { ...stored, mediaType: 'audio/wav', name: 'a.wav' },
      { ...stored, mediaType: 'video/mp4' },
    ],
    { ...stored, mediaType: 'application/pdf', name: 'a.pdf' },
  ];
  page = await render(values.map((value, index) => <ValueView key={index} value={value} />));
  expect(['img', 'audio', 'video'].map((tag) => document.querySelector(tag)?.getAttribute('src'))).toEqual(
    Array(3).fill(`/api/files/${id}`),
  );
  expect([...document.querySelectorAll('a')].map((link) => link.getAttribute('download'))).toEqual(['a.png', 'a.wav', 'a.png', 'a.pdf']);
});
