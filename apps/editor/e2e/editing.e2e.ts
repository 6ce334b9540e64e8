import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { edgesOf, flowOf, input, openFlow, output, savedFlow } from './support/flows.ts';
import { middleOf } from './support/hands.ts';

const chain = flowOf(
  'Chain',
  {
    ask: input({ id: 'topic' }),
    brief: { type: 'prompt', title: 'Brief', config: { template: 'Write about {{topic}}' } },
    writer: { type: 'model', title: 'Writer' },
    answer: output('text'),
  },
  [
    ['ask.topic', 'brief.topic'],
    ['brief.text', 'writer.prompt'],
    ['writer.text', 'answer.text'],
  ],
);
/** Saving takes most of a second by itself. */
const patience = { timeout: 10_000 };
const step = (page: Page, name: string | RegExp) => page.getByRole('group', { name });

/** Edits of every kind, one undo step each. */
async function editAll(page: Page): Promise<void> {
  const keys = ['Alt+ArrowDown', 'b', 'Control+d', 'Alt+Shift+ArrowRight', 'Delete', 'Shift+Alt+T'];
  for (let round = 0; round < 5; round += 1) {
    await step(page, 'Prompt: Brief').click();
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(120);
    }
  }
}

onStage('editing', (stage) => {
  test('a storm of edits undoes to the beginning and redoes to the end, over a reload', async () => {
    const { page, trouble } = await stage().visit();
    await openFlow(page, chain);
    const first = await savedFlow(page);
    await editAll(page);
    const last = await savedFlow(page);
    expect(last).not.toEqual(first);
    const all = async (button: RegExp, most: number) => {
      const found = page.getByRole('button', { name: button }).first();
      let done = 0;
      while (done < most && (await found.isEnabled())) {
        await found.click();
        done += 1;
      }
      return done;
    };
    const half = await all(/^Undo/, 10);
    const middle = await savedFlow(page);
    await page.reload();
    await page.getByRole('region', { name: 'Flow canvas' }).waitFor();
    expect(await savedFlow(page)).toEqual(middle);
    const steps = half + (await all(/^Undo/, 200));
    expect(steps).toBeGreaterThanOrEqual(20);
    await expect.poll(() => savedFlow(page), patience).toEqual(first);
    expect(await all(/^Redo/, 200)).toBe(steps);
    await expect.poll(() => savedFlow(page), patience).toEqual(last);
    expect(trouble).toEqual([]);
  });

  test('a step moved by keys is where it was put after a reload, and one undo returns it', async () => {
    const { page } = await stage().visit();
    await openFlow(page, chain);
    await step(page, 'Prompt: Brief').click();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await savedFlow(page)).layout['brief'], patience).toEqual({ x: 400, y: 40 });
    await page.reload();
    await step(page, 'Prompt: Brief').click();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await savedFlow(page)).layout['brief'], patience).toEqual({ x: 360, y: 40 });
  });

  test('a step dragged by hand takes its wires along, is saved where it was let go, and one undo returns it', async () => {
    const { page } = await stage().visit();
    await openFlow(page, chain);
    const wire = step(page, /^Wire from Brief/)
      .locator('path')
      .first();
    const before = await wire.getAttribute('d');
    const from = await middleOf(step(page, 'Prompt: Brief').getByText('Brief', { exact: true }));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 120, { steps: 8 });
    expect(await wire.getAttribute('d')).not.toBe(before);
    expect((await savedFlow(page)).layout['brief']).toEqual({ x: 360, y: 40 });
    await page.mouse.up();
    await expect.poll(async () => (await savedFlow(page)).layout['brief']?.y, patience).toBeGreaterThan(100);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await savedFlow(page)).layout['brief'], patience).toEqual({ x: 360, y: 40 });
    expect(await wire.getAttribute('d')).toBe(before);
  });

  test('copied steps go into another tab and, as text, into any field; other text changes nothing', async () => {
    const { page, context } = await stage().visit();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openFlow(page, chain);
    await step(page, 'Input: Input').click();
    await step(page, 'Prompt: Brief').click({ modifiers: ['Shift'] });
    await step(page, 'Model: Writer').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+c');

    const other = await context.newPage();
    await other.goto(stage().product.url);
    await openFlow(other, flowOf('Other', { answer: output('text') }, []));
    await step(other, 'Output: Output').click();
    await other.keyboard.press('Control+v');
    await expect.poll(async () => edgesOf(await savedFlow(other)), patience).toHaveLength(2);
    await other.getByRole('searchbox', { name: 'Search steps' }).click();
    await other.keyboard.press('Control+v');
    const text = await other.getByRole('searchbox', { name: 'Search steps' }).inputValue();
    expect(Object.keys(JSON.parse(text).nodes)).toHaveLength(3);

    const kept = await savedFlow(other);
    await other.evaluate(() => navigator.clipboard.writeText('{"nodes": "broken"'));
    await step(other, 'Model: Writer').click();
    await other.keyboard.press('Control+v');
    await other
      .getByText(/no steps/i)
      .first()
      .waitFor();
    expect(await savedFlow(other)).toEqual(kept);
  });
});
