import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { flowOf, input, openFlow, output } from './support/flows.ts';

const prompt = (title: string, template: string) => ({ type: 'prompt', title, config: { template } });
const way = (id: string, title: string, value: string) => ({ id, title, match: 'all', conditions: [{ op: 'is', value }] });

const nodes = {
  ask: input({ id: 'answer' }),
  decide: { type: 'branch', title: 'Decide', config: { ways: [way('yes', 'Yes', 'yes'), way('no', 'No', 'no')] } },
  yes: prompt('Say yes', 'Yes: {{it}}'),
  no: prompt('Say no', 'No: {{it}}'),
  result: { ...output('text'), fanIn: { text: 'first' } },
};
const edges: [string, string][] = [
  ['ask.answer', 'decide.value'],
  ['decide.yes', 'yes.it'],
  ['decide.no', 'no.it'],
  ['yes.text', 'result.text'],
  ['no.text', 'result.text'],
];

onStage('branches', (stage) => {
  test('the way not taken is skipped with its reason, the first available answers', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Branches', nodes, edges));
    await page.getByRole('button', { name: 'Show the run panel' }).click();
    await page.getByRole('textbox', { name: 'answer' }).fill('no');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('region', { name: 'Run' }).getByText('Done').first().waitFor();
    expect(await page.getByRole('tabpanel', { name: 'Result' }).textContent()).toContain('No: no');
    const skipped = page.getByRole('group', { name: 'Prompt: Say yes' });
    await skipped
      .getByText(/Skipped.*Decide.*Yes/)
      .first()
      .waitFor();
    expect(await page.getByRole('group', { name: 'Prompt: Say no' }).textContent()).toContain('No: no');
  });

  test('when both ways are dead the run succeeds, empty, and says why', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Dead ends', nodes, edges));
    await page.getByRole('button', { name: 'Show the run panel' }).click();
    await page.getByRole('textbox', { name: 'answer' }).fill('maybe');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const panel = page.getByRole('region', { name: 'Run' });
    await panel.getByText('Done').first().waitFor();
    expect(await page.getByRole('tabpanel', { name: 'Result' }).textContent()).toMatch(/Decide/);
    await panel.getByRole('tab', { name: 'Raw' }).click();
    expect(await page.getByRole('tabpanel', { name: 'Raw' }).textContent()).toMatch(/"?empty"?: ?true/);
  });
});
