import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import { countTextChanges, expect, onStage } from './support/browser.ts';

onStage('the main job', (stage) => {
  test('two clicks to a streamed answer, two more to a live endpoint', async () => {
    const { page, trouble } = await stage().visit();

    // Two clicks to an answer.
    await page.getByRole('button', { name: /^Summarise a text/ }).click();
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.waitFor();
    await expect.poll(() => run.evaluate((button) => button === document.activeElement)).toBe(true);
    const result = page.getByRole('tabpanel', { name: 'Result' });
    const changes = await countTextChanges(result, async () => {
      await run.click();
      await page.getByRole('region', { name: 'Run' }).getByText('Done').waitFor();
    });
    expect(changes).toBeGreaterThanOrEqual(3);
    expect(await result.textContent()).toContain('The city library opens its new reading room on Monday.');
    await page.getByRole('region', { name: 'Run' }).getByText('Simulated').first().waitFor();
    await page
      .getByRole('group', { name: /^Summarise: / })
      .getByText('Simulated')
      .waitFor();

    // Two more to a live endpoint.
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Publish v1' }).click();
    const curl = (await dialog.getByRole('region', { name: 'How to call it' }).textContent()) ?? '';
    expect(curl).toContain(`curl '${stage().product.url}/v1/flows/`);

    const answered = shell(`${curl} -s -w '\\n%{http_code}'`);
    expect(answered.lastLine).toBe('200');
    const answer = JSON.parse(answered.before);
    expect(Object.keys(answer.outputs)).toEqual(['summary']);
    expect(answer.run).toMatchObject({ status: 'succeeded', simulated: true });

    const bare = curl.replace(/ *-H 'Authorization: [^']*' *\\?\n?/, ' ');
    expect(bare).not.toContain('Authorization');
    expect(shell(`${bare} -s -w '\\n%{http_code}'`).lastLine).toBe('401');

    const events = [...shell(`${curl} -sN -H 'Accept: text/event-stream'`).all.matchAll(/^event: (.+)$/gm)].map((match) => match[1]);
    expect(events[0]).toBe('run-start');
    expect(events.filter((name) => name === 'output-chunk').length).toBeGreaterThan(2);
    expect(events.at(-1)).toBe('run-end');

    await dialog.getByRole('button', { name: 'Send test request' }).click();
    await dialog.getByText('HTTP 200').waitFor();
    await expect.poll(() => dialog.getByRole('region', { name: 'Reply' }).textContent()).toContain('run-end');
    expect(trouble).toEqual([]);
  });

  test.each([
    ['JavaScript', 'js', process.execPath],
    ['Python', 'py', 'python3'],
  ])('the %s snippet runs as it is shown', async (language, extension, program) => {
    const { page } = await stage().visit();
    await page.getByRole('button', { name: /^Translate/ }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Publish v1' }).click();
    await dialog.getByRole('tab', { name: language }).click();
    const code = (await dialog.getByRole('region', { name: 'How to call it' }).textContent()) ?? '';
    const run = spawnSync(program, extension === 'js' ? ['--input-type=module', '-e', code] : ['-c', code], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/感谢|Thank/);
  });
});

function shell(command: string): { all: string; before: string; lastLine: string } {
  const all = spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout;
  const cut = all.lastIndexOf('\n');
  return { all, before: all.slice(0, cut), lastLine: all.slice(cut + 1) };
}
