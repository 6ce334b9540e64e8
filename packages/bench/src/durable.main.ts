/**
 * What it costs to store a run step by step: the same published flow called directly and with an Idempotency-Key of its
 * own for each call, in turns, 64 callers. The aim is at least 0.6 of the direct throughput.
 * `pnpm bench:durable [--seconds N] [--rounds N]`.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { noModels, twoModels } from './flows.ts';
import { closedLoop, type LoadRequest, median } from './load.ts';
import { startContest } from './setup.ts';

const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '2' }, rounds: { type: 'string', default: '5' } } });
const callers = 64;
const contest = await startContest({ 'two-models': twoModels, 'no-models': noModels });
const plain = { 'content-type': 'application/json', authorization: `Bearer ${contest.key}` };

try {
  for (const slug of ['two-models', 'no-models']) {
    const request: Omit<LoadRequest, 'headers'> = {
      path: `/v1/flows/${slug}/runs`,
      body: JSON.stringify({ inputs: { text: 'Where is my refund?' } }),
      check: (status, body) => {
        if (status !== 200) throw new Error(`wrong answer: ${status} ${body.slice(0, 300)}`);
      },
    };
    const keyed = () => ({ ...plain, 'idempotency-key': randomUUID() });
    const figures = { direct: [] as number[], durable: [] as number[] };
    for (let round = -1; round < Number(options.rounds); round += 1) {
      const direct = await closedLoop(contest.patchbay.url, { ...request, headers: plain }, callers, Number(options.seconds));
      const durable = await closedLoop(contest.patchbay.url, { ...request, headers: keyed }, callers, Number(options.seconds));
      if (round < 0) continue;
      figures.direct.push(direct.throughput);
      figures.durable.push(durable.throughput);
    }
    const ratios = figures.durable.map((durable, index) => durable / (figures.direct[index] ?? Number.NaN));
    const shown = `direct ${median(figures.direct).toFixed(0)} runs/s, durable ${median(figures.durable).toFixed(0)} runs/s`;
    console.log(`${slug}, ${callers} callers: ${shown}, ratio ${median(ratios).toFixed(2)} (aim: 0.6)`);
  }
} finally {
  await contest.stop();
}
