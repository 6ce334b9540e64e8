import { AxeBuilder } from '@axe-core/playwright';
import { catalogue } from '@patchbay/nodes';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { drag, edgesOf, flowOf, input, middle, openFlow, output, savedFlow } from './support/flows.ts';

/** One step of every type, each with the settings of its first example. */
const everyType = flowOf(
  'Every type',
  Object.fromEntries(
    [...catalogue].map(([type, { examples }]) => [type, { type, title: `The ${type}`, config: examples[0]?.config ?? {} }]),
  ),
  [],
);

onStage('settings of a step', (stage) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Each step type takes its seconds, and there are many.
    test(`every step's settings pass the accessibility check (${colorScheme})`, { timeout: 600_000 }, async () => {
      const { page, trouble } = await stage().visit({ colorScheme });
      await openFlow(page, everyType);
      const panel = page.getByTestId('inspector');
      for (const [type, { words }] of catalogue) {
        await page.getByRole('group', { name: `${words.title.en}: The ${type}` }).focus();
        await page.keyboard.press('Enter');
        await panel.getByRole('textbox', { name: 'Name of the step' }).waitFor();
        expect(await panel.getByRole('textbox', { name: 'Name of the step' }).inputValue()).toBe(`The ${type}`);
        await panel.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        const more = panel.getByRole('button', { name: 'More settings', expanded: false });
        while ((await more.count()) > 0) await more.first().click();
        const check = new AxeBuilder({ page }).include('[data-testid=inspector]');
        // What is not a colour is the same in both.
        const { violations } = await (colorScheme === 'dark' ? check.withRules(['color-contrast']) : check).analyze();
        expect(violations.map(({ id, nodes }) => `${type}: ${id} ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      }
      expect(trouble).toEqual([]);
    });
  }

  test('settings come with the first step that is chosen; what a person decides stands', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Room', { ask: input({ id: 'topic' }), out: output('all') }, [['ask.topic', 'out.all']]));
    const settings = page.getByTestId('inspector');
    expect(await settings.count()).toBe(0);
    const card = (id: string) =>
      page.locator(`.react-flow__node[data-id=${id}]`).getByText(id === 'ask' ? 'Input' : 'Output', { exact: true });
    await card('ask').click();
    await settings.getByRole('textbox', { name: 'Name of the step' }).waitFor();
    await page.getByRole('button', { name: 'Hide the settings' }).click();
    await settings.waitFor({ state: 'detached' });
    await card('out').click();
    await page.locator('.react-flow__node.selected[data-id=out]').waitFor();
    expect(await settings.count()).toBe(0);
  });

  test('a way is added by keys alone, named by its title, and keeps that name', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Ways', { branch: { type: 'branch', title: 'Mood', config: {} } }, []));
    await page.getByRole('group', { name: 'Branch: Mood' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add a way' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Angry customer');
    await page.keyboard.press('Tab');
    const ways = async () => (await savedFlow(page)).nodes['branch']?.config['ways'];
    await expect.poll(ways).toMatchObject([{ id: 'yes' }, { id: 'angry_customer', title: 'Angry customer' }]);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(ways).toMatchObject([{ id: 'angry_customer' }, { id: 'yes' }]);
    await page.getByRole('button', { name: /^Mood, output Angry customer/ }).waitFor();
  });

  test('a wire let go over a text becomes a chip where it was let go', async () => {
    const { page, trouble } = await stage().visit();
    const nodes = { ask: input({ id: 'topic' }), write: { type: 'prompt', title: 'Write', config: { template: 'About  please' } } };
    await openFlow(page, flowOf('Drop', nodes, []));
    await page.getByRole('group', { name: 'Prompt: Write' }).click();
    const text = page.getByRole('textbox', { name: 'Prompt', exact: true });
    const box = await text.getByText('About').boundingBox();
    if (box === null) throw new Error('the text is not on screen');
    await drag(page, await middle(page, 'button', /^Input, output topic/), { x: box.x + 44, y: box.y + 12 });
    await text.getByText('Input · topic').waitFor();
    const saved = await savedFlow(page);
    expect(saved.nodes['write']?.config['template']).toMatch(/^About? ?\{\{topic\}\}/);
    expect(edgesOf(saved)).toEqual(['ask.topic>write.topic']);
    expect(trouble).toEqual([]);
  });
});
