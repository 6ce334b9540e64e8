import { startFakeProvider } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { afterAll, test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { flowOf, input, openFlow, output, savedFlow } from './support/flows.ts';

const provider = await startFakeProvider();
afterAll(() => provider.close());

/** Answers that were asked for; lists of models are none. */
const asked = (): number => provider.calls.filter(({ method }) => method === 'POST').length;

/** Question, model, what is made of the answer. */
const line = () =>
  flowOf(
    'Parts',
    {
      input: input({ id: 'text', title: 'Text' }),
      ask: { type: 'prompt', title: 'Question', config: { template: 'Say {{text}}' } },
      model: { type: 'model', title: 'Model', config: { model: 'openai' } },
      wrap: { type: 'prompt', title: 'Wrap', config: { template: 'First: {{answer}}' } },
      output: output('reply'),
    },
    [
      ['input.text', 'ask.text'],
      ['ask.text', 'model.prompt'],
      ['model.text', 'wrap.answer'],
      ['wrap.text', 'output.reply'],
    ],
    [{ name: 'Hello', inputs: { text: 'hello' } }],
  );

const stepOf = (page: Page, title: string) => page.getByRole('group', { name: new RegExp(`: ${title}$`) });
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).first().click();
const isDone = (page: Page) => page.getByTestId('run-status').getByText('Done').waitFor();
const result = (page: Page) => page.getByTestId('run-result');

onStage(
  'parts of a flow',
  (stage) => {
    test('a pinned model is not called: run from the next step on, and the endpoint knows nothing of the pin', async () => {
      const { page, trouble } = await stage().visit();
      const id = await openFlow(page, line());
      await run(page);
      await isDone(page);
      await result(page).getByText('First: Say hello').waitFor();
      const before = asked();

      await stepOf(page, 'Model').locator('.card-head').click();
      await page.keyboard.press('p');
      await stepOf(page, 'Model').getByText('Pinned', { exact: true }).waitFor();

      await stepOf(page, 'Wrap').locator('.card-head').click();
      const prompt = page.getByRole('complementary', { name: 'Settings of the step' }).getByRole('textbox', { name: 'Prompt' });
      await prompt.click();
      await page.keyboard.press('Home');
      await page.keyboard.type('Changed. ');
      await stepOf(page, 'Wrap').getByRole('button', { name: 'More about Wrap' }).click();
      await page.getByRole('menuitem', { name: /Run from here/ }).click();
      await result(page).getByText('Changed. First: Say hello').waitFor();
      expect(asked()).toBe(before);
      await page
        .getByTestId('reused')
        .getByText(/^1 pinned, 1 reused \(\d+ sec old\)$/)
        .waitFor();
      await stepOf(page, 'Question')
        .getByText(/^reused, \d+ sec old$/)
        .waitFor();

      // The trace says where each value comes from.
      await page.getByRole('tab', { name: 'Steps' }).click();
      await page.getByRole('row', { name: /Question.*earlier run/ }).waitFor();
      await page.getByRole('row', { name: /Model.*pinned/ }).waitFor();

      await savedFlow(page);
      const answer = await page.evaluate(async (flow) => {
        const send = async (path: string, body: object, headers = {}) => {
          const response = await fetch(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify(body),
          });
          return (await response.json()) as Record<string, never>;
        };
        await send(`/api/flows/${flow}/versions`, { slug: 'parts' });
        const { key } = await send('/api/keys', { name: 'test', scopes: ['run'] });
        return send('/v1/flows/parts/runs', { inputs: { text: 'world' } }, { authorization: `Bearer ${key}` });
      }, id);
      expect(answer).toMatchObject({ outputs: { reply: 'Changed. First: Say world' } });
      expect(asked()).toBe(before + 1);
      expect(trouble).toEqual([]);
    });

    test('a pin is edited, undone and redone, and is still there after a reload', async () => {
      const { page } = await stage().visit();
      await openFlow(page, line());
      await run(page);
      await isDone(page);
      const before = asked();
      await stepOf(page, 'Model').locator('.card-head').click();
      const settings = page.getByRole('complementary', { name: 'Settings of the step' });
      await settings.getByRole('tab', { name: 'Output' }).click();
      await settings.getByRole('button', { name: 'Pin output' }).click();
      const pinned = settings.getByRole('region', { name: 'Pinned values' });
      await pinned.getByRole('textbox').fill('by hand');
      await run(page);
      await result(page).getByText('First: by hand').waitFor();
      expect(asked()).toBe(before);

      await page.reload();
      await stepOf(page, 'Model').getByText('Pinned', { exact: true }).waitFor();
      await stepOf(page, 'Model').locator('.card-head').click();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      await stepOf(page, 'Model').getByText('Pinned', { exact: true }).waitFor({ state: 'detached' });
      await run(page);
      await result(page).getByText('First: Say hello').waitFor();
      expect(asked()).toBe(before + 1);
      await stepOf(page, 'Model').locator('.card-head').click();
      await page.keyboard.press('Control+Shift+z');
      await stepOf(page, 'Model').getByText('Pinned', { exact: true }).waitFor();
    });

    test('one step by keys, where nothing is known and where it is', async () => {
      const { page } = await stage().visit();
      await openFlow(page, line());
      await stepOf(page, 'Wrap').locator('.card-head').click();
      await page.keyboard.press('Shift+Enter');
      await page
        .getByRole('alert')
        .getByText(/needs a value from “Model”, and none is known yet/)
        .waitFor();
      await run(page);
      await isDone(page);
      const before = asked();
      await stepOf(page, 'Wrap').locator('.card-head').click();
      await page.keyboard.press('Shift+Enter');
      await page
        .getByTestId('reused')
        .getByText(/^2 reused/)
        .waitFor();
      expect(asked()).toBe(before);
    });

    test('a stored run is replayed from the list without a call; with the draft only what changed is called', async () => {
      const { page } = await stage().visit();
      await openFlow(page, line());
      await run(page);
      await isDone(page);
      const before = asked();
      await page.getByRole('link', { name: 'Runs' }).click();
      await page.getByRole('button', { name: 'Replay the run of Parts' }).first().click();
      await page.getByRole('link', { name: 'Replay of an earlier run' }).waitFor();
      await page.getByRole('region', { name: 'Outputs' }).getByText('First: Say hello').waitFor();
      await page.getByRole('button', { name: 'Replay with the draft' }).click();
      await page.getByRole('link', { name: 'Replay of an earlier run, with the draft' }).waitFor();
      expect(asked()).toBe(before);
    });

    test('a run asks a person in the Run panel and goes on with the answer', async () => {
      const { page } = await stage().visit();
      const fields = [
        { id: 'approved', title: 'Approved', type: 'boolean', required: true },
        { id: 'text', title: 'Better text', type: 'text', required: true },
      ];
      const flow = flowOf(
        'Asking',
        {
          input: input({ id: 'text', title: 'Text' }),
          wait: { type: 'wait_person', title: 'Approve', config: { message: 'May “{{draft}}” be sent?', fields } },
          output: output('reply'),
        },
        [
          ['input.text', 'wait.draft'],
          ['wait.text', 'output.reply'],
        ],
        [{ name: 'Hello', inputs: { text: 'hello' } }],
      );
      await openFlow(page, flow);
      await run(page);
      const form = page.getByRole('form', { name: 'The run waits for an answer' });
      await form.getByText('May “hello” be sent?').waitFor();
      await page.getByTestId('run-status').getByText('Waiting').waitFor();
      await form.getByRole('button', { name: 'Answer' }).click();
      await form.getByText('“Better text” is needed for the run.').waitFor();
      await form.getByRole('textbox', { name: 'Better text' }).fill('hello there');
      await form.getByRole('button', { name: 'Answer' }).click();
      await isDone(page);
      await result(page).getByText('hello there').waitFor();
    });

    test('beside Run stands what the run would ask of models', async () => {
      const { page } = await stage().visit();
      await openFlow(page, line());
      await page.getByRole('button', { name: 'Run', exact: true }).first().click();
      await isDone(page);
      await page
        .getByTestId('estimate')
        .getByText(/^Next run: 1 call · ≈\d+ tokens/)
        .waitFor();
    });
  },
  { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'fake-model', PATCHBAY_DEMO_DELAY_MS: '0' },
);
