/**
 * Memory over many small runs, on the services alone: RSS and heap after every tenth of them, and how fast RSS grows
 * once it is warm. `pnpm bench:memory [--runs N]`. The aim: under 1 MiB per 10,000 runs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFlow, localOwner, openServices, preparePublishedRun, publishFlow, runAsStream, runToEnd } from '@patchbay/services';
import { noModels } from './flows.ts';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '100000' } } });
const runs = Number(options.runs);
const parts = 10;
/** Runs at once, as many callers would have them. */
const atOnce = 16;
/** Every so many runs one is read as a stream. */
const streamEvery = 10;
const mebibyte = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'patchbay-memory-'));
const services = await openServices({ dataFolder: folder, environment: { PATCHBAY_DEMO_DELAY_MS: '0' }, version: 'bench' });
const ctx = localOwner(services.deps, 'en');
const collect = (): void => globalThis.gc?.();

async function publish(flow: unknown, slug: string): Promise<void> {
  const { id } = await createFlow({ ctx, input: { text: JSON.stringify(flow) } });
  await publishFlow({ ctx, input: { id, slug } });
}

async function run(index: number): Promise<void> {
  const slug = index % 2 === 0 ? 'plain' : 'asking';
  const prepared = await preparePublishedRun({ ctx, input: { slug, body: { inputs: { text: `Where is refund ${index}?` } } } });
  if (index % streamEvery === 0) for await (const _ of runAsStream(ctx, prepared));
  else await runToEnd(ctx, prepared);
}

async function runMany(from: number, to: number): Promise<void> {
  let next = from;
  const worker = async (): Promise<void> => {
    while (next < to) {
      next += 1;
      await run(next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const asking = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Asking',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
    ask: { type: 'model', config: { model: 'demo/echo' } },
    out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
  },
  edges: [
    { from: 'in.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'out.reply' },
  ],
  layout: {},
};

/** Megabytes per run by least squares. */
function slope(points: readonly [runs: number, mib: number][]): number {
  const mean = (pick: (point: [number, number]) => number) =>
    points.reduce((sum, point) => sum + pick(point as [number, number]), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

try {
  await publish(noModels, 'plain');
  await publish(asking, 'asking');
  console.log('     runs    RSS MiB   heap MiB');
  const points: [number, number][] = [];
  for (let part = 0; part <= parts; part += 1) {
    if (part > 0) await runMany(((part - 1) * runs) / parts, (part * runs) / parts);
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    points.push([(part * runs) / parts, rss / mebibyte]);
    console.log(
      `${String((part * runs) / parts).padStart(9)} ${(rss / mebibyte).toFixed(1).padStart(10)} ${(heapUsed / mebibyte).toFixed(1).padStart(10)}`,
    );
  }
  const warm = points.slice(Math.ceil(parts * 0.4));
  console.log(`\nonce warm: ${(slope(warm) * 10_000).toFixed(2)} MiB per 10,000 runs (aim: under 1)`);
} finally {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
}
