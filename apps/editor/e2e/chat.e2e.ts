import { AxeBuilder } from '@axe-core/playwright';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';

onStage('a flow that talks', (stage) => {
  test('is tried by talking to it: Enter sends, it remembers, a reload keeps the talk, a new one forgets it', {
    timeout: 120_000,
  }, async () => {
    const { page, trouble } = await stage().visit({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: /^Chat/ }).click();
    const talk = page.getByRole('log', { name: 'Conversation' });
    const message = page.getByRole('textbox', { name: 'Message' });
    // Opened, filled and under the fingers: one key to an answer.
    await expect.poll(() => message.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await talk.getByText('I am the built-in demo model.').waitFor();
    await page.getByTestId('run-status').getByText('Done').waitFor();
    await message.fill('And without an oven?');
    await page.keyboard.press('Enter');
    await expect.poll(() => talk.getByText('I am the built-in demo model.').count()).toBe(2);
    await page.getByTestId('run-status').getByText('Done').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await page.reload();
    await talk.getByText('And without an oven?', { exact: true }).waitFor();
    expect(await talk.getByText('I am the built-in demo model.').count()).toBe(2);

    await page.getByRole('button', { name: 'New conversation' }).click();
    await talk.getByText('this flow remembers the conversation').waitFor();
    await page.getByRole('button', { name: 'Show the form' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
    expect(trouble).toEqual([]);
  });
});
