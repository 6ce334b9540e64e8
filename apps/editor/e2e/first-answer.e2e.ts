import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import { countTextChanges, expect, onStage } from './support/browser.ts';

onStage('the main job', (stage) => {
  test('two clicks to a streamed answer, two more to a live endpoint', async () => {
    const { page, trouble } = await stage().visit();

    await page.getByRole('button', { name: /^Summarise a text/ }).click();
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.waitFor();

    const changes = await countTextChanges(page, '[data-testid=run-result]', async () => {
      await run.click();
      await page.getByTestId('run-status').getByText('Done').waitFor();
    });
    expect(changes).toBeGreaterThanOrEqual(3);
    expect(((await page.getByTestId('run-result').textContent()) ?? '').length).toBeGreaterThan(20);
    await page.getByTestId('run-panel').getByText('Simulated').first().waitFor();

    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish v1' }).click();
    const curl = (await page.getByRole('dialog').getByTestId('snippet').textContent()) ?? '';
    expect(curl).toContain('/v1/flows/');

    const answered = spawnSync('sh', ['-c', `${curl.replace(/^curl /, "curl -s -w '\\n%{http_code}' ")}`], { encoding: 'utf8' });
    const [body, status] = splitLast(answered.stdout);
    expect(status).toBe('200');
    expect(Object.keys(JSON.parse(body).outputs)).toEqual(['summary']);
    expect(JSON.parse(body).run.simulated).toBe(true);

    const bare = curl.replace(/ -H 'Authorization: [^']*'/, '').replace(/^ *-H 'Authorization[^\n]*\\\n/m, '');
    expect(bare).not.toContain('Authorization');
    const refused = spawnSync('sh', ['-c', `${bare.replace(/^curl /, "curl -s -w '\\n%{http_code}' ")}`], { encoding: 'utf8' });
    expect(splitLast(refused.stdout)[1]).toBe('401');

    const streamed = spawnSync('sh', ['-c', curl.replace(/^curl /, "curl -sN -H 'Accept: text/event-stream' ")], { encoding: 'utf8' });
    const events = [...streamed.stdout.matchAll(/^event: (.+)$/gm)].map((match) => match[1]);
    expect(events[0]).toBe('run-start');
    expect(events.filter((name) => name === 'output-chunk').length).toBeGreaterThan(2);
    expect(events.at(-1)).toBe('run-end');

    await page.getByRole('dialog').getByRole('button', { name: 'Send test request' }).click();
    await page
      .getByRole('dialog')
      .getByTestId('test-reply')
      .getByText(/run-end|200/)
      .first()
      .waitFor();
    expect(trouble).toEqual([]);
  });
});

function splitLast(text: string): [body: string, status: string] {
  const cut = text.lastIndexOf('\n');
  return [text.slice(0, cut), text.slice(cut + 1)];
}
