import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { allWords } from '../src/i18n/all-words.ts';
import { expect, onStage } from './support/browser.ts';

/** Every screen with something on it, in the order in which a person meets them. */
const screens = [
  'Home',
  'Editor',
  'Result',
  'Publish',
  'Endpoint',
  'Templates',
  'Runs',
  'Run',
  'Knowledge',
  'Connections',
  'Settings',
] as const;
const wordsIn = <Key extends 'en' | 'zh-Hans'>(locale: Key) => {
  const { app, run, publish } = allWords;
  return { app: app[locale], run: run[locale], publish: publish[locale] };
};
const english = wordsIn('en');
const chinese = wordsIn('zh-Hans');
type Screen = (typeof screens)[number];
type Words = typeof english | typeof chinese;

async function walk(page: Page, words: Words, look: (screen: Screen) => Promise<void>): Promise<void> {
  const card = words === english ? /^Answer support mail/ : /^回复客服邮件/;
  await page.getByRole('button', { name: card }).waitFor();
  await look('Home');
  await page.getByRole('button', { name: card }).click();
  const run = page.getByRole('button', { name: words.run.run, exact: true });
  await run.waitFor();
  await look('Editor');
  await run.click();
  await page.getByTestId('run-status').getByText(words.run.status.succeeded, { exact: true }).waitFor();
  await look('Result');
  await page.locator('header').getByRole('button', { name: words.app.editor.publish, exact: true }).click();
  const publish = page.getByRole('dialog').getByRole('button', { name: words.publish.publishVersion.replace('{{version}}', '1') });
  await publish.waitFor();
  await look('Publish');
  await publish.click();
  await page.getByRole('dialog').getByText(words.publish.live.replace('{{version}}', '1')).waitFor();
  await look('Endpoint');
  await page.keyboard.press('Escape');
  for (const [screen, link] of [
    ['Templates', words.app.nav.templates],
    ['Runs', words.app.nav.runs],
    ['Knowledge', words.app.nav.knowledge],
    ['Connections', words.app.nav.connections],
    ['Settings', words.app.nav.settings],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByText(words.app.loading).first().waitFor({ state: 'detached' });
    const run = page.locator('main a[href^="/runs/"]').first();
    if (screen === 'Runs') await run.waitFor();
    await look(screen);
    if (screen !== 'Runs') continue;
    await run.click();
    await page.getByRole('heading', { name: words.run.runs.steps }).waitFor();
    await look('Run');
  }
}

onStage('screens', (stage) => {
  // Ten screens, each looked through by rules: that takes its time.
  test.each(['light', 'dark'] as const)('pass the accessibility check (%s)', { timeout: 600_000 }, async (colorScheme) => {
    const { page, trouble } = await stage().visit({ colorScheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    await walk(page, english, async (screen) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${screen}: ${id} ${node.html.slice(0, 160)}`)));
    });
    expect(found).toEqual([]);
    expect(trouble).toEqual([]);
  });

  test('on a narrow screen the settings stand beside the canvas: over neither its tools nor the run panel', async () => {
    const { page, trouble } = await stage().visit({ viewport: { width: 820, height: 1180 }, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: /^Answer support mail/ }).click();
    await page.getByRole('button', { name: english.run.run, exact: true }).waitFor();
    await page.getByRole('button', { name: english.app.editor.showInspector }).click();
    const settings = page.getByRole('complementary', { name: english.app.editor.panels.inspector });
    await settings.waitFor();
    const others = [page.getByRole('toolbar', { name: allWords.canvas.en.controls.tools }), page.getByTestId('run-panel')];
    const boxes = await Promise.all([settings, ...others].map((part) => part.boundingBox()));
    const [panel, ...covered] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
    for (const { x, y, width, height } of covered) {
      expect(width).toBeGreaterThan(0);
      const beside = x + width <= (panel?.x ?? 0) || y >= (panel?.y ?? 0) + (panel?.height ?? 0);
      expect(beside && x >= 0 && y + height <= 1180).toBe(true);
    }
    expect(trouble).toEqual([]);
  });

  test('are in Chinese as a whole, nothing cut off, in a font that has its characters', async () => {
    const { page, trouble } = await stage().visit({ locale: 'zh-CN', reducedMotion: 'reduce' });
    expect(await page.evaluate(drawnAlike, ['首', '运'])).toBe(false);
    const all = (locale: 'en' | 'zh-Hans') => Object.values(allWords).flatMap((words) => leaves(words[locale]));
    const foreign = new Set(all('en').filter((text) => /[a-z]{3}/i.test(text) && !text.includes('{{')));
    for (const same of all('zh-Hans')) foreign.delete(same);
    const found: string[] = [];
    await walk(page, chinese, async (screen) => {
      for (const text of await page.evaluate(shownTexts)) if (foreign.has(text)) found.push(`${screen}: in English: ${text}`);
      for (const text of await page.evaluate(cutTexts)) found.push(`${screen}: cut off: ${text}`);
      // What the canvas tells screen readers of its keys is nowhere to be seen.
      for (const text of await page.locator('[id^="react-flow__node-desc"], [id^="react-flow__edge-desc"]').allTextContents())
        if (!/\p{Script=Han}/u.test(text)) found.push(`${screen}: said in English: ${text}`);
    });
    expect(found).toEqual([]);
    expect(trouble).toEqual([]);
  });
});

const leaves = (tree: object): string[] =>
  Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value ? leaves(value) : [],
  );

/** Whether two characters come out as the same picture, as they do where the font has neither. Runs in the page. */
function drawnAlike([one, other]: string[]): boolean {
  const draw = (text: string | undefined) => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('no canvas');
    pen.font = `48px ${getComputedStyle(document.body).fontFamily}`;
    pen.fillText(text ?? '', 10, 60);
    return canvas.toDataURL();
  };
  return draw(one) === draw(other);
}

/** What can be read or heard on the page: texts, names and placeholders. Runs in the page. */
function shownTexts(): string[] {
  const texts: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (!element.checkVisibility()) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent?.trim() ?? '');
    for (const name of ['aria-label', 'placeholder', 'title']) texts.push(element.getAttribute(name)?.trim() ?? '');
  }
  return texts;
}

/** Texts wider than their place that neither scroll nor end in an ellipsis on purpose. Runs in the page. */
function cutTexts(): string[] {
  return [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const onPurpose = style.textOverflow === 'ellipsis' || /auto|scroll/.test(style.overflowX) || element.closest('.sr-only') !== null;
    const cut = element.scrollWidth > element.clientWidth + 1 && /hidden|clip/.test(style.overflowX);
    return hasText && cut && !onPurpose && element.checkVisibility() ? [element.textContent ?? ''] : [];
  });
}
