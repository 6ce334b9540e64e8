import { test } from 'vitest';
import { expect, onStage } from './support/browser.ts';
import { flowOf, input, openFlow } from './support/flows.ts';

/** Reads a document, draws and speaks: every way a file goes in and comes out. */
const flow = flowOf(
  'Files',
  {
    input: input({ id: 'document', title: 'Document', type: 'file' }, { id: 'photo', title: 'Photo', type: 'image' }),
    read: { type: 'read_file' },
    draw: { type: 'make_image', config: { model: 'demo/auto' } },
    speak: { type: 'speak', config: { model: 'demo/auto' } },
    output: {
      type: 'output',
      config: {
        fields: [
          { id: 'text', title: 'Text', type: 'text' },
          { id: 'picture', title: 'Picture', type: 'image' },
          { id: 'voice', title: 'Voice', type: 'audio' },
          { id: 'photo', title: 'Same photo', type: 'image' },
        ],
      },
    },
  },
  [
    ['input.document', 'read.file'],
    ['read.text', 'draw.prompt'],
    ['read.text', 'speak.text'],
    ['read.text', 'output.text'],
    ['draw.image', 'output.picture'],
    ['speak.audio', 'output.voice'],
    ['input.photo', 'output.photo'],
  ],
);

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

onStage('files', (stage) => {
  test('a file is picked, another dropped; images show, sound plays, and all of it can be kept', async () => {
    const { page, trouble } = await stage().visit();
    await openFlow(page, flow);
    const panel = page.getByRole('region', { name: 'Run' });
    // Nothing is chosen yet, so this opens the form and says what is needed.
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.getByText('“Document” is needed for the run.').waitFor();
    const hours = { name: 'hours.html', mimeType: 'text/html', buffer: Buffer.from('<h1>Hours</h1><p>Nine to five.</p>') };
    await panel.getByLabel('Document', { exact: true }).setInputFiles(hours);
    await panel.getByText('hours.html').waitFor();
    const dropped = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));
      return transfer;
    }, pixel);
    await panel.locator('[data-drop]').nth(1).dispatchEvent('drop', { dataTransfer: dropped });
    await panel.getByText('dot.png').waitFor();

    await panel.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByTestId('run-status').getByText('Done').waitFor();
    const result = page.getByTestId('run-result');
    await result.getByText('Nine to five.').waitFor();
    const shown = await result
      .locator('img')
      .evaluateAll((images) =>
        Promise.all(images.map((image) => (image as HTMLImageElement).decode().then(() => (image as HTMLImageElement).naturalWidth))),
      );
    expect(shown).toEqual([256, 1]);
    await page.waitForFunction(() => Number(document.querySelector<HTMLAudioElement>('[data-testid=run-result] audio')?.duration) > 0.3);

    const [download] = await Promise.all([page.waitForEvent('download'), result.getByRole('link', { name: /speech\.wav/ }).click()]);
    expect(download.suggestedFilename()).toBe('speech.wav');
    // What is kept of the run names the files and holds none of them.
    const kept = await page.evaluate(async () => {
      const { runs } = (await (await fetch('/api/runs')).json()) as { runs: { id: string }[] };
      return (await fetch(`/api/runs/${runs[0]?.id}`)).text();
    });
    expect(kept).toContain('"file":"file_');
    expect(kept).not.toContain('iVBOR');
    expect(kept.length).toBeLessThan(20_000);
    expect(trouble).toEqual([]);
  });
});
