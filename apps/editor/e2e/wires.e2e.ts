import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { drag, edgesOf, flowOf, input, middle, openFlow, output, savedFlow } from './support/flows.ts';

const prompt = (title: string, template: string) => ({ type: 'prompt', title, config: { template } });
const model = (title: string) => ({ type: 'model', title });

const chain = flowOf(
  'Chain',
  { ask: input({ id: 'topic' }), brief: prompt('Brief', 'Write about {{topic}}'), writer: model('Writer'), answer: output('text') },
  [
    ['ask.topic', 'brief.topic'],
    ['brief.text', 'writer.prompt'],
    ['writer.text', 'answer.text'],
  ],
);

const emptySpot = async (page: Page): Promise<{ x: number; y: number }> => {
  const canvas = await page.getByRole('region', { name: 'Flow canvas' }).boundingBox();
  if (canvas === null) throw new Error('no canvas');
  return { x: canvas.x + canvas.width * 0.5, y: canvas.y + 60 };
};

onStage('wires', (stage) => {
  test('a wire dropped on empty space offers only steps that fit; Enter adds and wires in one undo step', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Drop', { ask: input({ id: 'topic' }), answer: output('text') }, [['ask.topic', 'answer.text']]));
    const from = await middle(page, 'button', /^Input, output topic/);
    await drag(page, from, await emptySpot(page));
    const picker = page.getByRole('dialog', { name: 'Add a step' });
    const offered = await picker.getByRole('option').allTextContents();
    expect(offered.some((text) => text.startsWith('Model'))).toBe(true);
    expect(offered.some((text) => text.startsWith('Input') || text.startsWith('Note'))).toBe(false);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('group', { name: /^(Model|Prompt|Translate)/ }).count()).toBe(0);

    await drag(page, from, await emptySpot(page));
    await page.keyboard.type('transl');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: /^Translate/ }).waitFor();
    expect(edgesOf(await savedFlow(page))).toEqual(['ask.topic>answer.text', 'ask.topic>translate.text']);
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByRole('group', { name: /^Translate/ }).count()).toBe(0);
    await expect.poll(async () => edgesOf(await savedFlow(page))).toEqual(['ask.topic>answer.text']);
  });

  test('the + on a wire puts a step between, in one undo step, and nothing overlaps', async () => {
    const { page } = await stage().visit();
    await openFlow(page, chain);
    await page
      .getByRole('group', { name: 'Wire from Brief, Text to Writer, Prompt' })
      .getByRole('button', { name: 'Add a step on the wire' })
      .click({ force: true });
    await page.keyboard.type('translate');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: /^Translate/ }).waitFor();
    await expect.poll(async () => edgesOf(await savedFlow(page))).toContain('translate.text>writer.prompt');
    const saved = await savedFlow(page);
    expect(edgesOf(saved)).toContain('brief.text>translate.text');
    expect(edgesOf(saved)).not.toContain('brief.text>writer.prompt');
    expect(await overlaps(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    await expect
      .poll(async () => edgesOf(await savedFlow(page)))
      .toEqual(['ask.topic>brief.topic', 'brief.text>writer.prompt', 'writer.text>answer.text']);
  });

  test('a wire that does not fit is refused with both types named, and a converter only where there is one', async () => {
    const { page } = await stage().visit();
    const fields = [
      { id: 'photo', type: 'image' },
      { id: 'note', type: 'text' },
    ];
    await openFlow(page, flowOf('Refuse', { ask: input(...fields), answer: output('count', 'number') }, []));
    await drag(page, await middle(page, 'button', /^Input, output photo/), await middle(page, 'button', /^Output, input count/));
    const refusal = page.getByRole('alert').filter({ hasText: 'image' });
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain('number');
    expect(await refusal.getByRole('button', { name: /Insert/ }).count()).toBe(0);
    expect(edgesOf(await savedFlow(page))).toEqual([]);
  });

  test('at half zoom a wire let go 28 screen pixels from a port still connects', async () => {
    const { page } = await stage().visit();
    await openFlow(page, flowOf('Snap', { ask: input({ id: 'topic' }), answer: output('text') }, []));
    await zoomTo(page, 0.5);
    const to = await middle(page, 'button', /^Output, input text/);
    await drag(page, await middle(page, 'button', /^Input, output topic/), { x: to.x - 28, y: to.y });
    await expect.poll(async () => edgesOf(await savedFlow(page))).toEqual(['ask.topic>answer.text']);
  });

  test('a second wire on an input asks what to do; each choice is kept and gives its value', async () => {
    const two = flowOf(
      'Two',
      {
        ask: input({ id: 'a' }, { id: 'b' }),
        left: prompt('Left', 'L {{a}}'),
        right: prompt('Right', 'R {{b}}'),
        answer: output('text', 'any'),
      },
      [
        ['ask.a', 'left.a'],
        ['ask.b', 'right.b'],
        ['left.text', 'answer.text'],
      ],
    );
    const { page } = await stage().visit();
    for (const [choice, rule, value] of [
      ['First available', 'first', 'L 1'],
      ['Collect as list', 'list', ['L 1', 'R 2']],
      ['Join text', 'text', 'L 1\n\nR 2'],
      ['Replace', undefined, 'R 2'],
    ] as const) {
      await openFlow(page, two);
      await drag(page, await middle(page, 'button', /^Right, output/), await middle(page, 'button', /^Output, input text/));
      await page
        .getByRole('button', { name: new RegExp(`^${choice}`) })
        .or(page.getByRole('menuitem', { name: new RegExp(`^${choice}`) }))
        .click();
      await expect.poll(async () => (await savedFlow(page)).edges.some((edge) => edge.from === 'right.text')).toBe(true);
      expect((await savedFlow(page)).nodes['answer']?.fanIn?.['text']).toBe(rule);
      for (let run = 0; run < 20; run += 1) expect(await runDraft(page, { a: '1', b: '2' })).toEqual({ text: value });
    }
  });
});

/** The outputs of a test run of the open flow. */
async function runDraft(page: Page, inputs: Record<string, string>): Promise<unknown> {
  return page.evaluate(async (values) => {
    const answer = await fetch(`/api/flows/${location.pathname.split('/')[2]}/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: values }),
    });
    return ((await answer.json()) as { outputs: unknown }).outputs;
  }, inputs);
}

/** Pairs of cards that cover each other on screen. */
async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll('.react-flow__node')].map((card) => ({
      name: card.textContent ?? '',
      box: card.getBoundingClientRect(),
    }));
    return cards.flatMap((a, index) =>
      cards
        .slice(index + 1)
        .filter((b) => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom)
        .map((b) => `${a.name} over ${b.name}`),
    );
  });
}

async function zoomTo(page: Page, zoom: number): Promise<void> {
  const current = () =>
    page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform).a);
  for (let tries = 0; tries < 12 && Math.abs((await current()) - zoom) > 0.06; tries += 1) {
    await page.getByRole('button', { name: (await current()) > zoom ? 'Zoom out' : 'Zoom in' }).click();
    await page.waitForTimeout(250);
  }
}
