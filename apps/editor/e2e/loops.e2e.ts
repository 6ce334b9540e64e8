import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { edgesOf, flowOf, input, openFlow, output, savedFlow } from './support/flows.ts';
import { handsOf, middleOf } from './support/hands.ts';

const rows = Array.from({ length: 20 }, (_, index) => (index === 6 ? { note: 'nobody' } : { name: `Row ${index + 1}` }));

/** For each row: its name, greeted. Row 7 has none. */
function greetings(): unknown {
  const flow = flowOf(
    'Greetings',
    {
      input: input({ id: 'rows', title: 'Rows', type: 'data' }),
      each: { type: 'for_each', config: { concurrency: 4, onFailure: 'mark' } },
      pick: { type: 'data', title: 'Name', config: { operation: 'pick', path: 'name', missing: 'fail' }, parent: 'each' },
      greet: { type: 'text', title: 'Greet', config: { template: 'Hello {{name}}' }, parent: 'each' },
      output: output('names', 'any[]'),
    },
    [
      ['input.rows', 'each.list'],
      ['each.item', 'pick.data'],
      ['pick.data', 'greet.name'],
      ['greet.text', 'each.result'],
      ['each.results', 'output.names'],
    ],
    [{ name: 'Twenty rows', inputs: { rows } }],
  ) as { layout: Record<string, unknown> };
  flow.layout = {
    input: { x: 0, y: 0 },
    each: { x: 360, y: 0, width: 960, height: 360 },
    pick: { x: 520, y: 128 },
    greet: { x: 880, y: 128 },
    output: { x: 1400, y: 0 },
  };
  return flow;
}

onStage('loops', (stage) => {
  test('for each of 20 rows, four at once: a list in order, the row that failed marked, its error one step away', async () => {
    const { page, trouble } = await stage().visit();
    await openFlow(page, greetings());
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const panel = page.getByRole('region', { name: 'Run' });
    await page.getByTestId('run-status').getByText('Done').waitFor();

    const result = JSON.parse((await page.getByTestId('run-result').locator('pre').textContent()) ?? '') as unknown[];
    expect(result).toHaveLength(20);
    const greeted = rows.map((row, index) => ('name' in row ? `Hello ${row.name}` : { index }));
    expect(result).toEqual(greeted.map((one) => (typeof one === 'string' ? one : expect.objectContaining(one))));
    expect(result[6]).toMatchObject({ error: { class: 'invalid_input', node: 'pick' } });

    // The frame steps to the turn that failed by itself; the step inside says why, in words.
    const canvas = page.getByRole('region', { name: 'Flow canvas' });
    const turns = canvas.getByRole('group', { name: 'Turns of “For each”' });
    await turns.getByText('Turn 7 of 20').waitFor();
    await canvas
      .getByText(/“name”.*(not|no)|no.*“name”/i)
      .first()
      .waitFor();
    await turns.getByRole('button', { name: 'Next turn', exact: true }).click();
    await turns.getByText('Turn 8 of 20').waitFor();
    await canvas.getByText('Hello Row 8', { exact: true }).first().waitFor();
    await turns.getByRole('button', { name: /^1 failed/ }).click();
    await turns.getByText('Turn 7 of 20').waitFor();

    // The run panel's steps and the stored run show the same.
    await panel.getByRole('tab', { name: 'Steps' }).click();
    await panel.getByRole('row', { name: /Name.*Failed/ }).waitFor();
    await panel.getByRole('group', { name: 'Turns of “For each”' }).getByRole('button', { name: 'Turn before', exact: true }).click();
    await panel.getByRole('row', { name: /Greet.*Done/ }).waitFor();
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('group', { name: 'Turns of “For each”' }).getByText('Turn 7 of 20').waitFor();
    expect(trouble).toEqual([]);
  });

  test('steps are dragged into a container and out of it in one undo step; their wires may forbid it', async () => {
    const { page } = await stage().visit();
    const flow = flowOf(
      'Drag',
      { input: input({ id: 'text' }), each: { type: 'for_each' }, loose: { type: 'text', title: 'Loose' }, output: output('all', 'any[]') },
      [
        ['input.text', 'each.list'],
        ['each.results', 'output.all'],
      ],
    ) as { layout: Record<string, unknown> };
    flow.layout = {
      input: { x: 0, y: 0 },
      each: { x: 360, y: 0, width: 640, height: 320 },
      loose: { x: 0, y: 240 },
      output: { x: 1080, y: 0 },
    };
    await openFlow(page, flow);
    const hands = handsOf(page);
    const canvas = page.getByRole('region', { name: 'Flow canvas' });
    const title = canvas.getByText('Loose', { exact: true });
    const inside = await middleOf(canvas.getByText('Add a step here: it runs once in every turn.'));
    await hands.drag(title, inside);
    await page.getByText('Moved into “For each”').first().waitFor({ state: 'attached' });
    expect((await savedFlow(page)).nodes['loose']).toMatchObject({ parent: 'each' });
    await page.getByRole('button', { name: /^Undo/ }).click();
    expect((await savedFlow(page)).nodes['loose']).not.toHaveProperty('parent');
    await page.getByRole('button', { name: /^Redo/ }).click();

    // What is inside and wired through the container's own ports cannot simply be taken out.
    await hands.drag(
      page.getByRole('button', { name: /^Loose, output/ }),
      page.getByRole('button', { name: /^For each, input Result of an item/ }),
    );
    await hands.drag(title, await middleOf(canvas.getByRole('button', { name: /^Input, output/ })));
    await page.getByText('It stays where it was', { exact: false }).first().waitFor();
    const saved = await savedFlow(page);
    expect(saved.nodes['loose']).toMatchObject({ parent: 'each' });
    expect(edgesOf(saved)).toContain('loose.text>each.result');
  });

  test('a step is added inside by search, the selection is wrapped, and a wire back offers to repeat', async () => {
    const { page } = await stage().visit();
    await openFlow(
      page,
      flowOf(
        'Wrap',
        {
          input: input({ id: 'text' }),
          first: { type: 'text', title: 'First', config: { template: '{{text}}' } },
          second: { type: 'text', title: 'Second', config: { template: '{{text}}!' } },
          output: output('all'),
        },
        [
          ['input.text', 'first.text'],
          ['first.text', 'second.text'],
          ['second.text', 'output.all'],
        ],
      ),
    );
    const hands = handsOf(page);
    await hands.drag(page.getByRole('button', { name: /^Second, output/ }), page.getByRole('button', { name: /^First, input/ }));
    await page.getByRole('button', { name: 'Wrap in Repeat until' }).click();
    await page.getByText('Repeat until', { exact: true }).first().waitFor();
    const saved = await savedFlow(page);
    expect(saved.nodes['first']).toMatchObject({ parent: 'repeat' });
    expect(edgesOf(saved).sort()).toEqual([
      'first.text>second.text',
      'input.text>repeat.start',
      'repeat.previous>first.text',
      'repeat.value>output.all',
      'second.text>repeat.next',
    ]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    expect((await savedFlow(page)).nodes).not.toHaveProperty('repeat');

    await page.keyboard.press('Escape');
    await page.getByText('First', { exact: true }).first().click();
    await page
      .getByText('Second', { exact: true })
      .first()
      .click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Wrap in For each' }).click();
    await page.getByText('For each', { exact: true }).first().waitFor();
    expect(edgesOf(await savedFlow(page)).sort()).toEqual([
      'first.text>second.text',
      'for_each.item>first.text',
      'for_each.results>output.all',
      'input.text>for_each.list',
      'second.text>for_each.result',
    ]);
    await page.locator('.react-flow__node[data-id=for_each]').focus();
    await page.keyboard.press('n');
    await page.keyboard.type('translate');
    await page.keyboard.press('Enter');
    await page
      .getByRole('group', { name: /Translate/ })
      .first()
      .waitFor();
    expect((await savedFlow(page)).nodes['translate']).toMatchObject({ parent: 'for_each' });
  });
});
