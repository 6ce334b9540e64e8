import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { allWords } from '../src/i18n/all-words.ts';
import { expect, onStage } from './support/browser.ts';

const { app, run, shelves } = allWords;
const chinese = 'zh-Hans';

/** Collects whatever the page shows from now on. Runs in the page. */
function collectTexts(): void {
  const shown = new Set<string>();
  const look = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) shown.add(walker.currentNode.textContent?.trim() ?? '');
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  Object.assign(window, { shownTexts: shown });
}
const collected = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { shownTexts: Set<string> }).shownTexts]);
/** Texts that are no words but the names of words, as `editor.publish`. */
const isKey = (text: string): boolean => /^[a-z]\w*(?:[.:][a-z]\w*)+$/i.test(text);

onStage('languages', (stage) => {
  test('only the reader’s language is fetched; another one when it is chosen, and then the open flow speaks it whole', async () => {
    const { page, trouble } = await stage().visit({ reducedMotion: 'reduce' });
    const fetched: string[] = [];
    page.on('request', (request) => {
      const [, locale] = /\.(en|zh-Hans)\.json$/.exec(request.url()) ?? [];
      if (locale !== undefined) fetched.push(locale);
    });
    await page.reload();
    await page.getByRole('button', { name: /^Answer support mail/ }).click();
    await page.getByRole('button', { name: run.en.run, exact: true }).waitFor();
    await page.getByRole('heading', { name: shelves.en.logic }).waitFor();
    expect(fetched.length).toBeGreaterThan(3);
    expect(new Set(fetched)).toEqual(new Set(['en']));

    await page.evaluate(collectTexts);
    await page.getByRole('button', { name: app.en.language, exact: true }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: shelves[chinese].logic }).waitFor();
    await page.getByRole('button', { name: run[chinese].run, exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(chinese);
    // Steps, their ports and what is wrong with them are words of node files.
    await page.getByText('分类', { exact: true }).first().waitFor();
    expect((await collected(page)).filter(isKey)).toEqual([]);

    // A name is found in the other language too.
    await page.getByRole('searchbox', { name: allWords.canvas[chinese].palette.search }).fill('translate');
    await page.getByRole('button', { name: allWords.canvas[chinese].palette.add.replace('{{title}}', '翻译') }).waitFor();
    expect(trouble).toEqual([]);
  });

  test('a Chinese reader gets no English words, and finds a step by its English name all the same', async () => {
    const { page, trouble } = await stage().visit({ locale: 'zh-CN', reducedMotion: 'reduce' });
    const fetched = new Set<string>();
    page.on('request', (request) => {
      const [, locale] = /\.(en|zh-Hans)\.json$/.exec(request.url()) ?? [];
      if (locale !== undefined) fetched.add(locale);
    });
    await page.reload();
    await page.getByRole('button', { name: /^回复客服邮件/ }).click();
    await page.getByRole('button', { name: run[chinese].run, exact: true }).waitFor();
    expect(fetched).toEqual(new Set([chinese]));
    await page.getByRole('searchbox', { name: allWords.canvas[chinese].palette.search }).fill('Output guard');
    await page.getByRole('button', { name: allWords.canvas[chinese].palette.add.replace('{{title}}', '输出校验') }).waitFor();
    expect(fetched).toEqual(new Set([chinese, 'en']));
    expect(trouble).toEqual([]);
  });
});
