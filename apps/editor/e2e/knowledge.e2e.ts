import { AxeBuilder } from '@axe-core/playwright';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';

const manual = '# Vacuum\n\n## Care\n\nWash the filter every month.\n\n## Battery\n\nA full charge lasts 110 minutes.';

onStage('knowledge', (stage) => {
  test('a base is made, filled by file and by paste, tried, used by a template, and emptied', { timeout: 240_000 }, async () => {
    const { page, trouble } = await stage().visit();
    await page.getByRole('link', { name: 'Knowledge', exact: true }).click();
    await page.getByText('No knowledge base yet').waitFor();
    await page.getByRole('button', { name: 'New knowledge base' }).click();
    await page.getByLabel('Name').fill('Manuals');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Manuals' }).waitFor();
    await page.getByText('No documents yet').waitFor();

    await page.locator('input[type=file]').setInputFiles([
      { name: 'vacuum.md', mimeType: 'text/markdown', buffer: Buffer.from(manual) },
      { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from([0, 1, 2, 3]) },
      { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('ID3') },
    ]);
    await page.getByText(/song\.mp3 was not added/).waitFor();
    const contents = page.getByRole('region', { name: 'Documents', exact: true });
    const row = (name: string) => contents.getByRole('listitem').filter({ hasText: name });
    await row('vacuum.md').getByText('Ready').waitFor();
    await row('vacuum.md').getByText('2 passages').waitFor();
    await row('photo.txt').getByText('This file does not hold text that can be read.').waitFor();

    await page.getByRole('button', { name: 'Paste a text' }).click();
    await page.getByLabel('Name').fill('年假');
    await page.getByLabel('Text', { exact: true }).fill('工作满一年的员工每年有七天年假。');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await row('年假').getByText('Ready').waitFor();

    const box = page.getByRole('region', { name: 'Try it' });
    await box.getByLabel('Question').fill('When do I wash the filter?');
    await page.keyboard.press('Enter');
    const first = box.getByRole('list', { name: 'Passages' }).getByRole('listitem').first();
    await first.getByText('Vacuum › Care').waitFor();
    await first.getByText(/Score [01]\.\d\d/).waitFor();
    expect(await first.locator('mark').allTextContents()).toEqual(['Wash', 'filter']);
    await box.getByLabel('Question').fill('年假有几天？');
    await box.getByRole('button', { name: 'Search' }).click();
    await first.getByText('年假', { exact: true }).first().waitFor();

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }

    await page.getByRole('link', { name: 'Templates', exact: true }).click();
    await page
      .getByRole('button', { name: /Answer from your documents/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByTestId('run-status').getByText('Done', { exact: true }).waitFor();
    await page.getByTestId('run-panel').getByText('Wash the filter every month.').first().waitFor();

    await page.getByRole('link', { name: 'Knowledge', exact: true }).click();
    await page.getByRole('link', { name: /Manuals/ }).click();
    await page.getByRole('button', { name: 'Delete: vacuum.md' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row('vacuum.md').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByText('Its 2 documents are deleted with it.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No knowledge base yet').waitFor();
    expect(trouble).toEqual([]);
  });
});
