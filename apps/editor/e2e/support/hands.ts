import type { Locator, Page } from 'playwright-core';
import { drag } from './flows.ts';

interface Place {
  x: number;
  y: number;
}

/** A person's hands, counted: a click, a drag, a key chord and one text entry are an action each. */
export function handsOf(page: Page) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    click: async (target: Locator) => {
      count += 1;
      await target.click();
    },
    drag: async (from: Locator, to: Locator | Place) => {
      count += 1;
      await drag(page, await middleOf(from), 'x' in to ? to : await middleOf(to));
    },
    /** One text entry: into a field that is pointed at, or where the caret is. */
    write: async (text: string, field?: Locator) => {
      count += 1;
      await field?.click();
      await page.keyboard.type(text);
    },
    press: async (chord: string) => {
      count += 1;
      await page.keyboard.press(chord);
    },
  };
}

/** The middle of an element once it stands still. */
export async function middleOf(target: Locator): Promise<Place> {
  const element = target.first();
  await element.waitFor();
  for (let before = await element.boundingBox(), tries = 0; tries < 50; tries += 1) {
    await element.page().waitForTimeout(60);
    const box = await element.boundingBox();
    if (box !== null && box.x === before?.x && box.y === before.y) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = box;
  }
  throw new Error(`${target} does not come to rest on screen`);
}

/** Key events of the page, but for those of writing in a field, from now on. */
export async function watchKeys(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const pressed: string[] = [];
    addEventListener(
      'keydown',
      (event) => {
        const field = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable=true]');
        if (!field || event.key.length > 1) pressed.push(event.key);
      },
      true,
    );
    Object.assign(window, { patchbayKeys: pressed });
  });
  return () => page.evaluate(() => (window as unknown as { patchbayKeys: string[] }).patchbayKeys);
}
