import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startProduct } from '../apps/editor/e2e/support/product.ts';
import { chromiumFlags, findChromium } from '../packages/testing/src/browser.ts';

// The pictures of the README: the support template in the built product, run once, in each language.
const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const pictures = [
  {
    file: 'editor-light-en.png',
    locale: 'en-US',
    card: /^Answer support mail/,
    run: 'Run',
    done: 'Done',
    fit: 'Fit the flow in view',
  },
  {
    file: 'editor-light-zh.png',
    locale: 'zh-CN',
    card: /^回复客服邮件/,
    run: '运行',
    done: '完成',
    fit: '显示整个流程',
  },
];

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('The pictures need Chromium: set CHROMIUM_PATH to one.');
const product = await startProduct();
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
try {
  for (const picture of pictures) {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: 1,
      locale: picture.locale,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(product.url);
    await page.getByRole('button', { name: picture.card }).click();
    await page.getByRole('button', { name: picture.run, exact: true }).click();
    await page.getByTestId('run-status').getByText(picture.done).waitFor();
    await page.getByRole('button', { name: picture.fit }).click();
    await page.mouse.move(800, 40);
    await page.evaluate(() => document.fonts.ready);
    // The pointer's word has gone by then, and what was saved says so.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: `${folder}${picture.file}` });
    await context.close();
    process.stdout.write(`docs/images/${picture.file}\n`);
  }
} finally {
  await browser.close();
  await product.stop();
}
