/**
 * What the engine costs by itself, in one process and without a network: microseconds per step of several kinds, per
 * chunk of a stream, and of a hundred steps at once. The same work written by hand, awaits included, stands beside each
 * figure, so that a reader sees how much the machine was busy. `pnpm bench:engine [--rounds N]`.
 */
import { parseArgs } from 'node:util';
import { compileFlow, type Plan, startRun } from '@patchbay/engine';
import type { FlowDocument } from '@patchbay/flow';
import type { ChatChunk, Models, RunEvent, World } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { branches, chain, fan, forEach, streams } from './engine-flows.ts';
import { median } from './load.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(options.rounds);

const chunkCount = 2_000;
const chunks: ChatChunk[] = [
  ...Array.from({ length: chunkCount }, (): ChatChunk => ({ type: 'text', text: 'word ' })),
  {
    type: 'end',
    finishReason: 'stop',
    usage: { inputTokens: 1, outputTokens: chunkCount, costUsd: 0, estimated: false },
    model: 'bench',
    simulated: false,
  },
];
const models: Models = {
  chat: () => Promise.reject(new Error('the benchmark streams')),
  async *stream() {
    yield* chunks;
  },
};
const world: World = {
  locale: 'en',
  models: () => models,
  http: () => {
    throw new Error('the benchmark has no network');
  },
  code: () => {
    throw new Error('the benchmark runs no code');
  },
  log: () => () => {},
  now: Date.now,
  random: Math.random,
};

interface Case {
  title: string;
  flow: FlowDocument;
  /** What the time is divided by. */
  parts: number;
  unit: string;
  /** Runs in one sample: long enough for the clock. */
  repeat: number;
  /** Microseconds that the design allows. */
  aim?: number;
  inputs: Record<string, string | string[]>;
}
const text = { text: 'Where is my refund?' };
const cases: Case[] = [
  { title: 'templates, 200 in a row', flow: chain(200), parts: 202, unit: 'step', repeat: 50, aim: 3, inputs: text },
  { title: 'branches, 200 in a row', flow: branches(200), parts: 202, unit: 'step', repeat: 50, aim: 3, inputs: text },
  { title: 'templates, 100 at once', flow: fan(100), parts: 102, unit: 'step', repeat: 50, aim: 3, inputs: text },
  { title: 'a stream of 2,000 chunks', flow: streams(), parts: chunkCount, unit: 'chunk', repeat: 5, inputs: text },
  {
    title: 'For each over 1,000, one template',
    flow: forEach(),
    parts: 1_000,
    unit: 'item',
    repeat: 5,
    inputs: { list: Array.from({ length: 1_000 }, (_, index) => `row ${index}`) },
  },
];

console.log('                                      µs, median    least   per       aim');
for (const item of cases) {
  const samples = await measure(planOf(item.flow), item);
  const figure = (value: number) => value.toFixed(2).padStart(9);
  console.log(
    `${item.title.padEnd(37)} ${figure(median(samples))} ${figure(Math.min(...samples))}   ${item.unit.padEnd(6)} ${item.aim ?? ''}`,
  );
}
const bare = Array.from({ length: rounds }, () => 0);
for (const index of bare.keys()) bare[index] = await awaitsByHand();
console.log(
  `${'200 awaited functions, by hand'.padEnd(37)} ${median(bare).toFixed(2).padStart(9)} ${Math.min(...bare)
    .toFixed(2)
    .padStart(9)}   call`,
);

function planOf(flow: FlowDocument): Plan {
  const compiled = compileFlow(flow, catalogue);
  if (compiled.ok) return compiled.plan;
  throw new Error(JSON.stringify(compiled.problems.slice(0, 3)));
}

/** Microseconds per part, one sample a round; the first rounds compile and are not counted. */
async function measure(plan: Plan, { repeat, parts, inputs }: Case): Promise<number[]> {
  const samples: number[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const began = performance.now();
    for (let count = 0; count < repeat; count += 1) await runOnce(plan, inputs);
    if (round >= 0) samples.push(((performance.now() - began) * 1_000) / (repeat * parts));
  }
  return samples;
}

/** With a listener that keeps step ends, as the recorder does. */
async function runOnce(plan: Plan, inputs: Case['inputs']): Promise<void> {
  const ends: RunEvent[] = [];
  const run = startRun(plan, inputs, {
    world,
    runId: 'bench',
    onEvent: (event) => {
      if (event.type === 'step-end') ends.push(event);
    },
  });
  const result = await run.result;
  if (result.status !== 'succeeded' || Object.keys(result.outputs).length === 0) throw new Error(`wrong result: ${JSON.stringify(result)}`);
}

async function awaitsByHand(): Promise<number> {
  const step = async (value: string): Promise<string> => value;
  const began = performance.now();
  for (let count = 0; count < 50; count += 1) {
    let value = 'Where is my refund?';
    for (let index = 0; index < 200; index += 1) value = await step(value);
  }
  return ((performance.now() - began) * 1_000) / (50 * 200);
}
