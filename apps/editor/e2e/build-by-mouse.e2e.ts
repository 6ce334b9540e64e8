import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { edgesOf, savedFlow } from './support/flows.ts';
import { handsOf, watchKeys } from './support/hands.ts';

onStage('building by mouse', (stage) => {
  test('a support manager builds, tests and publishes a branching flow from nothing in 20 actions', async () => {
    const { page, trouble } = await stage().visit();
    const keys = await watchKeys(page);
    const hands = handsOf(page);
    const option = (name: RegExp) => page.getByRole('dialog', { name: 'Add a step' }).getByRole('option', { name });
    const port = (name: RegExp) => page.getByRole('button', { name });
    const canvas = page.getByRole('region', { name: 'Flow canvas' });
    const free = async (across: number, down: number) => {
      const box = await canvas.boundingBox();
      if (box === null) throw new Error('no canvas');
      return { x: box.x + box.width * across, y: box.y + box.height * down };
    };

    await hands.click(page.getByRole('button', { name: 'Blank flow' }));
    await hands.click(canvas.getByRole('button', { name: 'Input', exact: true }));
    await hands.click(page.getByRole('button', { name: 'Add Prompt' }));
    await port(/^Prompt, output/).waitFor();
    await hands.write('Is this mail angry? Answer angry or calm. ', page.getByRole('textbox', { name: 'Prompt', exact: true }));
    await hands.drag(port(/^Prompt, output/), await free(0.6, 0.4));
    await hands.click(option(/^Branch/));
    await hands.write('angry', page.getByRole('textbox', { name: 'With' }));
    await hands.click(page.getByRole('group', { name: /^Wire from Prompt/ }).getByRole('button', { name: 'Add a step on the wire' }));
    await hands.click(option(/^Model/));
    await hands.drag(port(/^Branch, output Yes/), await free(0.9, 0.2));
    await hands.click(option(/^Output What/));
    await hands.drag(port(/^Branch, output Otherwise/), await free(0.9, 0.7));
    await hands.click(option(/^Output What/));
    await hands.click(page.getByRole('button', { name: 'Run', exact: true }));
    const mail = page.getByRole('region', { name: 'Run' }).getByRole('textbox').first();
    await hands.write('I am so angry, where is my refund?', mail);
    await hands.click(page.getByRole('button', { name: 'Run', exact: true }));
    await page.getByRole('region', { name: 'Run' }).getByText('Done').first().waitFor();
    await hands.click(page.getByRole('button', { name: 'Publish', exact: true }));
    await hands.click(page.getByRole('dialog').getByRole('button', { name: 'Publish v1' }));
    await page.getByRole('dialog').getByRole('region', { name: 'How to call it' }).waitFor();
    const saved = await savedFlow(page);
    expect(edgesOf(saved).sort()).toEqual([
      'branch.otherwise>output_2.result',
      'branch.yes>output.result',
      'input.text>prompt.text',
      'model.text>branch.value',
      'prompt.text>model.prompt',
    ]);
    expect(saved.nodes['prompt']?.config['template']).toMatch(/^\{\{text\}\}.*angry or calm/s);
    expect(hands.count).toBeLessThanOrEqual(20);
    expect(await keys()).toEqual([]);
    expect(trouble).toEqual([]);
  });
});
