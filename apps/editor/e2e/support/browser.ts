import { chromiumFlags, findChromium } from '@patchbay/testing/browser';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Product, startProduct } from './product.ts';

export interface Stage {
  product: Product;
  browser: Browser;
  /** A page of a new visitor. Requests that leave this machine and errors of the page are collected. */
  visit(options?: Parameters<Browser['newContext']>[0]): Promise<Visit>;
}

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Hosts asked besides our own, uncaught errors, and breaches of the content security policy. */
  trouble: string[];
}

/** A group of browser tests over one running product; skipped where there is no browser. */
export function onStage(title: string, tests: (stage: () => Stage) => void, env: Record<string, string> = {}): void {
  describe.skipIf(findChromium() === undefined)(title, () => {
    let stage: Stage | undefined;
    beforeAll(async () => {
      const product = await startProduct(env);
      const executablePath = findChromium();
      const browser = await chromium.launch({ args: chromiumFlags, ...(executablePath === undefined ? {} : { executablePath }) });
      stage = { product, browser, visit: (options) => visit(browser, product, options) };
    });
    afterAll(async () => {
      await stage?.browser.close();
      await stage?.product.stop();
    });
    tests(() => {
      if (stage === undefined) throw new Error('the product did not start');
      return stage;
    });
  });
}

async function visit(browser: Browser, product: Product, options: Parameters<Browser['newContext']>[0]): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== product.url) trouble.push(`asked ${origin}`);
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text())) trouble.push(message.text());
  });
  await page.goto(product.url);
  return { page, context, trouble };
}

/** How often an element's text changed while `during` ran. */
export async function countTextChanges(element: Locator, during: () => Promise<void>): Promise<number> {
  const handle = await element.elementHandle();
  const counter = await handle?.evaluateHandle((node) => {
    const count = { changes: 0 };
    new MutationObserver(() => {
      count.changes += 1;
    }).observe(node, { subtree: true, childList: true, characterData: true });
    return count;
  });
  await during();
  return (await counter?.evaluate((count) => count.changes)) ?? 0;
}

export { expect };
