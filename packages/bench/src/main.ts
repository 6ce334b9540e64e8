/**
 * Throughput of published flows against a hand-written handler that makes the same model calls. Both run in the same
 * minute, alternately, so that what the machine does meanwhile meets both. Figures are ratios; absolute ones are shown
 * to explain them. `pnpm bench [--seconds N] [--rounds N]`.
 */
import { parseArgs } from 'node:util';
import { noModels, twoModels } from './flows.ts';
import { closedLoop, type LoadRequest, type LoadResult, median } from './load.ts';
import { type Contest, startContest } from './setup.ts';

const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } } });
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const concurrencies = [1, 8, 32];
/** How long each side runs before it is measured: a server is judged by how it runs, not by how it is compiled. */
const warmSeconds = 3;

interface Case {
  title: string;
  slug: string;
  text: string;
  reply: RegExp;
  aim: number;
}
const cases: Case[] = [
  { title: 'two model calls, first way', slug: 'two-models', text: 'Where is my refund?', reply: /refund/, aim: 0.6 },
  { title: 'two model calls, translate and mask', slug: 'two-models', text: 'Write to ada@example.com', reply: /\[EMAIL\]/, aim: 0.6 },
  { title: 'no model call', slug: 'no-models', text: 'Where is my refund?', reply: /^Refund desk, Message: Where/, aim: 0.5 },
];

interface Sample extends LoadResult {
  cpuPerRun: number;
}

const contest = await startContest({ 'two-models': twoModels, 'no-models': noModels });
try {
  for (const item of cases) {
    console.log(`\n${item.title} (aim: ${item.aim} of the handler's throughput)`);
    console.log('callers  who         runs/s     p50 ms     p99 ms   CPU ms/run');
    await warm(contest, item);
    for (const concurrency of concurrencies) await compare(contest, item, concurrency);
  }
  console.log(`\nmemory: patchbay ${contest.patchbay.memoryMiB().toFixed(0)} MiB, handler ${contest.handler.memoryMiB().toFixed(0)} MiB`);
} finally {
  await contest.stop();
}

async function warm({ handler, patchbay, key }: Contest, item: Case): Promise<void> {
  const { ours, theirs } = requestsFor(item, key);
  await closedLoop(handler.url, theirs, 8, warmSeconds);
  await closedLoop(patchbay.url, ours, 8, warmSeconds);
}

async function compare({ handler, patchbay, key }: Contest, item: Case, concurrency: number): Promise<void> {
  const { ours, theirs } = requestsFor(item, key);
  const samples = { handler: [] as Sample[], patchbay: [] as Sample[] };
  // The first round opens connections and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const a = await sample(handler, theirs, concurrency);
    const b = await sample(patchbay, ours, concurrency);
    if (round > 0) {
      samples.handler.push(a);
      samples.patchbay.push(b);
    }
  }
  for (const who of ['handler', 'patchbay'] as const) {
    const of = (pick: (sample: Sample) => number, digits: number) => median(samples[who].map(pick)).toFixed(digits).padStart(10);
    console.log(
      `${String(concurrency).padStart(7)}  ${who.padEnd(9)}${of((s) => s.throughput, 0)} ${of((s) => s.p50, 2)} ${of((s) => s.p99, 2)}   ${of((s) => s.cpuPerRun, 3)}`,
    );
  }
  const ratios = samples.patchbay.map((sample, index) => sample.throughput / (samples.handler[index]?.throughput ?? Number.NaN));
  console.log(
    `         ratio     ${median(ratios).toFixed(2).padStart(10)}   (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
  );
}

async function sample(child: Contest['handler'], request: LoadRequest, concurrency: number): Promise<Sample> {
  const before = child.cpuMs();
  const result = await closedLoop(child.url, request, concurrency, seconds);
  return { ...result, cpuPerRun: (child.cpuMs() - before) / result.requests };
}

function requestsFor(item: Case, key: string): { ours: LoadRequest; theirs: LoadRequest } {
  const request: Omit<LoadRequest, 'path'> = {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ inputs: { text: item.text } }),
    check: (status, body) => {
      const reply = status === 200 ? String((JSON.parse(body) as { outputs: { reply?: unknown } }).outputs.reply) : '';
      if (!item.reply.test(reply)) throw new Error(`wrong answer: ${status} ${body.slice(0, 300)}`);
    },
  };
  return { ours: { ...request, path: `/v1/flows/${item.slug}/runs` }, theirs: { ...request, path: `/${item.slug}` } };
}
