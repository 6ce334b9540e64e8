import type { Locator, Page } from 'playwright-core';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { edgesOf, savedFlow } from './support/flows.ts';
import { handsOf } from './support/hands.ts';

/** Everything the polite live regions of the page say, and every moment focus was on the page itself for long. */
async function listen(page: Page): Promise<{ said(): Promise<string[]>; lost(): Promise<number> }> {
  await page.evaluate(() => {
    const heard: string[] = [];
    const watch = { heard, lost: 0 };
    new MutationObserver(() => {
      for (const region of document.querySelectorAll('[aria-live=polite], [role=status]')) {
        const text = region.textContent?.trim() ?? '';
        if (text !== '' && !heard.includes(text)) heard.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    let bare = 0;
    setInterval(() => {
      bare = document.activeElement === document.body ? bare + 1 : 0;
      if (bare === 4) watch.lost += 1;
    }, 100);
    Object.assign(window, { patchbayHeard: watch });
  });
  const read = () => page.evaluate(() => (window as unknown as { patchbayHeard: { heard: string[]; lost: number } }).patchbayHeard);
  return { said: async () => (await read()).heard, lost: async () => (await read()).lost };
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return `${element?.getAttribute('aria-label') ?? element?.textContent ?? ''}`.slice(0, 80);
  });

onStage('building by keyboard', (stage) => {
  test('the same flow without a mouse, in at most 40 chords and texts', async () => {
    const { page, trouble } = await stage().visit();
    await page.getByRole('button', { name: 'Blank flow' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Flow canvas' }).waitFor();
    const ear = await listen(page);
    const hands = handsOf(page);
    const at = (name: RegExp) => expect.poll(() => focused(page), { timeout: 5_000 }).toMatch(name);
    const option = (name: RegExp) => page.getByRole('option', { name }).first().waitFor();

    const add = async (type: string, name: RegExp) => {
      await hands.press('n');
      await page.getByRole('dialog', { name: 'Add a step' }).waitFor();
      await hands.write(type);
      await option(name);
      await hands.press('Enter');
      await at(name);
    };
    const into = (field: Locator) =>
      expect.poll(() => field.evaluate((element) => element === document.activeElement), { timeout: 5_000 }).toBe(true);

    // Steps one after the other: the search wires each to the step in focus. Enter opens a step's settings, Escape leaves them.
    await add('input', /^Input/);
    await add('prompt', /^Prompt/);
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
    await prompt.waitFor();
    await hands.press('Enter');
    await into(prompt);
    await hands.write('Is this mail angry? Answer angry or calm. ');
    await page.waitForTimeout(400);
    await hands.press('Escape');
    await at(/^Prompt/);
    await add('model', /^Model/);
    await add('branch', /^Branch/);
    await hands.press('Enter');
    const condition = page.getByRole('textbox', { name: 'With' });
    await condition.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('aside') !== null)).toBe(true);
    while (!(await condition.evaluate((element) => element === document.activeElement)) && hands.count < 40) await hands.press('Tab');
    await hands.write('angry');
    await page.waitForTimeout(400);
    await hands.press('Escape');
    await at(/^Branch/);
    await add('output', /^Output/);

    // The other way out of the branch.
    await hands.press('ArrowLeft');
    await at(/^Branch/);
    await hands.press('c');
    await option(/New step/);
    await hands.write('otherwise new');
    await hands.press('Enter');
    await page.getByRole('dialog', { name: 'Add a step' }).waitFor();
    await hands.write('output');
    await option(/^Output/);
    await hands.press('Enter');
    await at(/^Output/);

    // The form asks for what is missing, where it is to be written.
    await hands.press('Control+Enter');
    await into(page.getByRole('region', { name: 'Run' }).getByRole('textbox', { name: 'Text' }));
    await hands.write('You are so slow, I am angry!');
    await hands.press('Control+Enter');
    const run = page.getByRole('region', { name: 'Run' });
    await run.getByText('Done').first().waitFor();

    expect(hands.count).toBeLessThanOrEqual(40);
    const said = (await ear.said()).join('\n');
    for (const [from, to] of [
      ['Input, Text', 'Prompt, text'],
      ['Prompt, Text', 'Model, Prompt'],
      ['Model, Text', 'Branch, Value'],
      ['Branch, Yes', 'Output, Result'],
      ['Branch, Otherwise', 'Output 2, Result'],
    ])
      expect(said).toContain(`Connected ${from} to ${to}`);
    expect(await ear.lost()).toBe(0);
    expect(edgesOf(await savedFlow(page)).sort()).toEqual([
      'branch.otherwise>output_2.result',
      'branch.yes>output.result',
      'input.text>prompt.text',
      'model.text>branch.value',
      'prompt.text>model.prompt',
    ]);
    expect(trouble).toEqual([]);
  });
});
