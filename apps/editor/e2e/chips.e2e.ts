import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { edgesOf, flowOf, input, openFlow, output, savedFlow } from './support/flows.ts';

const flow = flowOf(
  'Chips',
  {
    ask: input({ id: 'topic' }),
    brief: { type: 'prompt', title: 'Brief', config: { template: 'Write about {{topic}}' } },
    final: { type: 'prompt', title: 'Final', config: { template: 'Translate' } },
    answer: output('text'),
  },
  [
    ['ask.topic', 'brief.topic'],
    ['final.text', 'answer.text'],
  ],
);

const promptField = (page: Page) => page.getByRole('textbox', { name: 'Prompt', exact: true });

async function typeChip(page: Page, source: RegExp): Promise<void> {
  await page.getByRole('group', { name: 'Prompt: Final' }).click();
  await promptField(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' {{');
  await page.getByRole('listbox', { name: 'Values to insert' }).getByRole('option', { name: source }).click();
}

onStage('chips', (stage) => {
  test('choosing a value makes chip, port and wire in one undo step; a rename breaks nothing', async () => {
    const { page, trouble } = await stage().visit();
    await openFlow(page, flow);
    await typeChip(page, /^Brief · Text/);
    await promptField(page).getByText('Brief · Text').waitFor();
    await page.getByRole('button', { name: /^Final, input/ }).waitFor();
    const wire = 'brief.text>final.brief';
    await expect.poll(async () => edgesOf(await savedFlow(page))).toContain(wire);
    const written = (await savedFlow(page)).nodes['final']?.config['template'];
    expect(written).toBe('Translate {{brief}}');

    await page.keyboard.press('Control+z');
    await expect.poll(async () => edgesOf(await savedFlow(page))).not.toContain(wire);
    expect((await savedFlow(page)).nodes['final']?.config['template']).not.toContain('{{brief}}');
    expect(await page.getByRole('button', { name: /^Final, input/ }).count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => edgesOf(await savedFlow(page))).toContain(wire);

    await page.getByRole('group', { name: 'Prompt: Brief' }).click();
    await page.getByRole('textbox', { name: 'Name of the step' }).fill('Outline');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Prompt: Final' }).click();
    await promptField(page).getByText('Outline · Text').waitFor();
    expect((await savedFlow(page)).nodes['final']?.config['template']).toBe('Translate {{brief}}');
    expect(trouble).toEqual([]);
  });

  test('a chip whose source is gone turns amber, blocks publishing, and Fix offers what fits', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flow);
    await typeChip(page, /^Brief · Text/);
    await page.getByRole('group', { name: 'Prompt: Brief' }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('group', { name: 'Prompt: Final' }).click();
    await promptField(page)
      .getByText(/not connected/)
      .waitFor();

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/brief/i).first().waitFor();
    expect(await dialog.getByRole('button', { name: 'Publish v1' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');

    await promptField(page)
      .getByText(/not connected/)
      .click();
    await page.getByText('Input · topic').first().waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('region', { name: 'Flow canvas' }).focus();
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await page.getByRole('group', { name: 'Prompt: Brief' }).waitFor();
    await expect
      .poll(async () => edgesOf(await savedFlow(page)))
      .toEqual(expect.arrayContaining(['ask.topic>brief.topic', 'brief.text>final.brief']));
  });
});
