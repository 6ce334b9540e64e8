import { afterEach, expect, test, vi } from 'vitest';
import { readTexts } from './word-texts.ts';

afterEach(() => vi.unstubAllGlobals());
const answer = (response: Response) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => response),
  );

test('the texts of a part are read from beside its code', async () => {
  answer(Response.json(['运行']));
  expect(await readTexts('dock-abc', 'zh-Hans')).toEqual(['运行']);
  expect(fetch).toHaveBeenCalledWith('/assets/dock-abc.zh-Hans.json');
});

test('what is not there, or is no list of texts, is never taken for words', async () => {
  answer(new Response('', { status: 404 }));
  await expect(readTexts('gone', 'en')).rejects.toThrow('answered with 404');
  answer(Response.json({ words: [] }));
  await expect(readTexts('odd', 'en')).rejects.toThrow('no list');
});
