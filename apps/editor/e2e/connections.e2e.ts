import { bedrockWire, startFakeProvider, startWire } from '@patchbay/testing';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';

const key = 'sk-good-key-of-a-person-0001';

onStage('connections', (stage) => {
  test('a wrong key is told in plain words; a good one is tested, tried, and used by the next run', async () => {
    const fake = await startFakeProvider({ apiKey: key, models: ['best'], reply: { text: 'A real answer.' } });
    const { page } = await stage().visit();
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    const field = page.getByLabel('Key', { exact: true });

    await field.fill('sk-ant-anything');
    await page.getByText('Looks like a key of Anthropic.').waitFor();
    await field.fill('sk-wrong-key-0000000');
    await page.getByText('Which one is it from?').waitFor();
    await page.getByRole('combobox').click();
    await page.getByRole('option', { name: 'OpenAI', exact: true }).click();
    await page.getByText('More settings').click();
    await page.getByLabel('Address of the server').fill(fake.url);
    await field.press('Enter');
    await page.getByRole('alert').getByText('OpenAI does not accept the key.').waitFor();
    await page.getByRole('button', { name: 'Save anyway' }).waitFor();

    await field.fill(key);
    await field.press('Enter');
    const card = page.getByRole('article', { name: 'OpenAI' });
    await card.getByText('Works').waitFor();
    await card.getByText('••••0001').waitFor();
    await card.getByText('Automatic').waitFor();
    await card.getByRole('button', { name: 'Ask', exact: true }).click();
    await card.getByTestId('tried-answer').getByText('A real answer.').waitFor();
    expect(await page.content()).not.toContain(key);

    await page.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('button', { name: /^Answer support mail/ }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => fake.calls.filter(({ path }) => path.endsWith('/chat/completions')).length).toBeGreaterThan(1);
    await page
      .getByTestId('run-status')
      .getByText(/Done|Failed/)
      .waitFor();
    expect(await page.getByTestId('run-panel').getByText('Simulated').count()).toBe(0);

    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    await card.getByText('Used by 1 flow').waitFor();
    await card.getByRole('button', { name: 'More about OpenAI' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^1 flow says Automatic and goes on with another model/).waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await card.waitFor({ state: 'detached' });
    await page.getByRole('article', { name: 'Demo model' }).getByText('Automatic').waitFor();
    await fake.close();
  });

  test('lines of a credentials file are pasted whole, a region is asked for, and only managers may use it', async () => {
    const [accessKeyId, secretAccessKey, region] = ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG', 'eu-central-1'];
    const fake = await startWire(bedrockWire, { secrets: { accessKeyId, secretAccessKey, region } });
    const { page } = await stage().visit();
    await page.getByRole('link', { name: 'Connections', exact: true }).click();
    const lines = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await page.getByLabel('Key', { exact: true }).evaluate((field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, lines);
    await page.getByText('3 lines pasted').waitFor();
    await page.getByText('More settings').click();
    await page.getByLabel('Address of the server').fill(fake.origin);
    await page.getByLabel('Who may use it').click();
    await page.getByRole('option', { name: 'Only managers' }).click();
    const add = page.getByRole('button', { name: 'Add', exact: true });
    await add.click();
    await page.getByLabel('Region').and(page.locator('[aria-invalid=true]')).waitFor();
    await page.getByLabel('Region').fill(region);
    await add.click();
    const card = page.getByRole('article', { name: 'Amazon Bedrock' });
    await card.getByText('Works').waitFor();
    await card.getByText('••••MPLE').waitFor();
    await card.getByText('Managers only').waitFor();
    await card.getByRole('button', { name: 'Ask', exact: true }).click();
    await card.getByTestId('tried-answer').waitFor();
    expect(await page.content()).not.toContain(secretAccessKey);
    await fake.close();
  });
});
