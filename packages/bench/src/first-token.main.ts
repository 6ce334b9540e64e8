/**
 * What the way through a flow adds to the first token: the same provider's stream through a bare pass-through and
 * through a published flow, asked in turns, one caller. The aim is less than one millisecond.
 * `pnpm bench:first-token [--rounds N]`.
 */
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { oneStream } from './flows.ts';
import { median, quantile } from './load.ts';
import { startContest } from './setup.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '500' } } });
const rounds = Number(options.rounds);
const warmRounds = 200;

interface Side {
  pool: Pool;
  path: string;
  /** What stands in the answer once the first text has come. */
  first: RegExp;
}

const contest = await startContest({ stream: oneStream });
const sides = {
  handler: { pool: new Pool(contest.handler.url), path: '/stream', first: /"content":"[^"]/ },
  patchbay: { pool: new Pool(contest.patchbay.url), path: '/v1/flows/stream/runs', first: /^event: output-chunk/m },
} satisfies Record<string, Side>;
const samples = { handler: [] as number[], patchbay: [] as number[] };
try {
  for (let round = -warmRounds; round < rounds; round += 1) {
    for (const who of ['handler', 'patchbay'] as const) {
      const milliseconds = await firstToken(sides[who]);
      if (round >= 0) samples[who].push(milliseconds);
    }
  }
} finally {
  await Promise.all([sides.handler.pool.close(), sides.patchbay.pool.close()]);
  await contest.stop();
}

console.log('to the first token     p50 ms    p90 ms');
for (const who of ['handler', 'patchbay'] as const) {
  const sorted = samples[who].toSorted((a, b) => a - b);
  console.log(`${who.padEnd(18)} ${quantile(sorted, 0.5).toFixed(3).padStart(10)}${quantile(sorted, 0.9).toFixed(3).padStart(10)}`);
}
const added = samples.patchbay.map((sample, index) => sample - (samples.handler[index] ?? Number.NaN));
console.log(`added, median ${median(added).toFixed(3)} ms (aim: under 1)`);

/** Milliseconds from sending to the first text; the rest of the answer is read before the next question. */
async function firstToken({ pool, path, first }: Side): Promise<number> {
  const sent = performance.now();
  const answer = await pool.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${contest.key}` },
    body: JSON.stringify({ inputs: { text: 'Where is my refund?' } }),
  });
  let text = '';
  let took = Number.NaN;
  for await (const chunk of answer.body) {
    text += String(chunk);
    if (Number.isNaN(took) && first.test(text)) took = performance.now() - sent;
  }
  if (answer.statusCode !== 200 || Number.isNaN(took)) throw new Error(`wrong answer: ${answer.statusCode} ${text.slice(0, 300)}`);
  return took;
}
