/**
 * What the editor costs a person: JavaScript of the first load, time until Home can be used, and frames while a
 * 300-node flow is panned and a node is dragged. `pnpm bench:editor`. Needs a Chromium.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromiumFlags, findChromium, howToGetChromium } from '@patchbay/testing/browser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { median, quantile } from './load.ts';
import { createFlow, startPatchbay } from './setup.ts';

const nodeCount = 300;
const executablePath = findChromium();
if (executablePath === undefined) throw new Error(howToGetChromium);

const { patchbay, cookie } = await startPatchbay({});
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
try {
  await reportHome(browser, patchbay.url);
  const { id } = await createFlow(patchbay.url, cookie, largeFlow(nodeCount));
  await reportFrames(browser, `${patchbay.url}/flows/${id}`);
} finally {
  await browser.close();
  await patchbay.stop();
}

/**
 * Scripts asked for until Home can be used, and the time to it, each visit with an empty cache. On a slow machine what
 * is fetched while the page rests is among them; what a page needs is held to its budget by the build.
 */
async function reportHome(browser: Browser, url: string): Promise<void> {
  const times: number[] = [];
  let scripts = new Set<string>();
  for (let visit = 0; visit < 5; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    scripts = new Set();
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.add(new URL(request.url()).pathname.split('/').at(-1) ?? '');
    });
    const start = performance.now();
    await page.goto(url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: /Summarise/ }).click({ trial: true });
    times.push(performance.now() - start);
    await context.close();
  }
  const folder = fileURLToPath(new URL('../../../apps/editor/dist/assets/', import.meta.url));
  const sizes = readdirSync(folder)
    .filter((file) => scripts.has(file))
    .map((file) => gzipSync(readFileSync(folder + file)).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`asked for by then, ahead of need included: ${(total / 1_000).toFixed(0)} kB of JavaScript gzipped in ${sizes.length} files`);
  console.log(`Home can be clicked after ${median(times).toFixed(0)} ms (median of ${times.length}, empty cache; aim 1500)`);
}

async function reportFrames(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(new URL(url).origin);
  await page.goto(url);
  await page.locator('.react-flow__node').first().waitFor();
  await page.waitForTimeout(1_000);
  for (const [title, gesture] of [
    ['pan', panBy],
    ['zoom', zoomBy],
    ['drag a node', dragNode],
  ] as const) {
    await startFrames(page);
    await gesture(page);
    const frames = await stopFrames(page);
    const under = (limit: number) => ((frames.filter((frame) => frame < limit).length / frames.length) * 100).toFixed(1);
    console.log(
      `${title.padEnd(12)} ${String(frames.length).padStart(4)} frames, p95 ${quantile(frames, 0.95).toFixed(1)} ms, ${under(50)} % under 50 ms, ${under(33.4)} % under 33 ms`,
    );
  }
}

async function startFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    let on = true;
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, {
      patchbayStopFrames: () => {
        on = false;
        return frames.slice(1);
      },
    });
  });
}

async function stopFrames(page: Page): Promise<number[]> {
  const frames = await page.evaluate(() => (window as unknown as { patchbayStopFrames: () => number[] }).patchbayStopFrames());
  return frames.sort((a, b) => a - b);
}

async function panBy(page: Page): Promise<void> {
  for (let step = 0; step < 120; step += 1) {
    await page.mouse.move(700, 450);
    await page.mouse.wheel(step % 60 < 30 ? 24 : -24, 12);
  }
}

async function zoomBy(page: Page): Promise<void> {
  await page.mouse.move(700, 450);
  await page.keyboard.down('Control');
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step % 30 < 15 ? 20 : -20);
  await page.keyboard.up('Control');
}

async function dragNode(page: Page): Promise<void> {
  const box = await page.evaluate(() => {
    const inView = [...document.querySelectorAll('.react-flow__node')].map((node) => node.getBoundingClientRect());
    const box = inView.find((rect) => rect.left > 320 && rect.right < 1_000 && rect.top > 120 && rect.bottom < 650);
    return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + 14 };
  });
  if (box === null) throw new Error('no node in view to drag');
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  for (let step = 0; step < 120; step += 1) await page.mouse.move(box.x + Math.sin(step / 10) * 150, box.y + Math.cos(step / 10) * 100);
  await page.mouse.up();
}

/** Rows of prompts, models and branches, wired along each row. */
function largeFlow(count: number): unknown {
  const nodes: Record<string, unknown> = {
    start: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text', required: true }] } },
  };
  const layout: Record<string, { x: number; y: number }> = { start: { x: -360, y: 0 } };
  const edges: { from: string; to: string }[] = [];
  const perRow = 20;
  for (let index = 0; index < count - 1; index += 1) {
    const id = `step_${index}`;
    const first = index % perRow === 0;
    const isModel = index % 2 === 1;
    nodes[id] = isModel ? { type: 'model', config: {} } : { type: 'prompt', config: { template: 'Say it shorter: {{text}}' } };
    layout[id] = { x: (index % perRow) * 340, y: Math.floor(index / perRow) * 280 };
    edges.push({ from: first ? 'start.text' : `step_${index - 1}.text`, to: `${id}.${isModel ? 'prompt' : 'text'}` });
  }
  return { format: 'patchbay/flow', version: 1, name: `${count} nodes`, nodes, edges, layout };
}
