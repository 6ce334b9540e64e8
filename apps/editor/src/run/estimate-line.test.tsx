import type { EstimateResource } from '@patchbay/services/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { smallFlow } from '../testing/flows.ts';
import { type Rendered, renderInEditor, until } from '../testing/render.tsx';
import { EstimateLine } from './estimate-line.tsx';
import { useRunSession } from './use-run-session.ts';

const Line = () => <EstimateLine session={useRunSession()} />;

let page: Rendered | undefined;
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const exactly = (figure: number) => ({ least: figure, most: figure });
const one: EstimateResource = {
  calls: exactly(1),
  inputTokens: exactly(100),
  outputTokens: exactly(50),
  costUsd: exactly(0.5),
  simulated: false,
  complete: true,
  steps: [],
};

async function lineFor(estimate: EstimateResource): Promise<HTMLElement> {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(estimate), { status: 200 }));
  page = await renderInEditor(<Line />, smallFlow());
  const line = () => document.querySelector<HTMLElement>('[data-testid=estimate]');
  await until(() => line() !== null);
  const shown = line();
  if (shown === null) throw new Error('no line');
  return shown;
}

test('one figure where it is known', async () => {
  const line = await lineFor(one);
  expect(line.textContent).toBe('Next run: 1 call · ≈150 tokens · $0.50');
  expect(line.title).not.toContain('least');
});

test('the least and the most where an agent, or a way through the flow, decides', async () => {
  const line = await lineFor({
    ...one,
    calls: { least: 1, most: 8 },
    inputTokens: { least: 100, most: 4_000 },
    costUsd: { least: 0.5, most: 2 },
  });
  expect(line.textContent).toBe('Next run: 1–8 calls · ≈150–4,050 tokens · $0.50–$2.00');
  expect(line.title).toContain('the turns an agent may take');
});

test('no price, and more than could be followed, are said', async () => {
  const line = await lineFor({ ...one, costUsd: null, complete: false });
  expect(line.textContent).toContain('price unknown');
  expect(line.title).toContain('There may be more');
});
