import { type FlowDocument, type Json, splitEnd } from '@patchbay/flow';
import type { RunEvent, RunResult } from '@patchbay/node-kit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPlan } from './build-plan.ts';
import { interpret } from './reference/interpret.ts';
import { learnAnswers, recallRecord } from './replay.ts';
import type { RunOptions } from './run-state.ts';
import { startRun } from './start-run.ts';
import { createFakeNodes } from './testing/fake-nodes.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { createTape, randomFlow } from './testing/random-flow.ts';
import { runInOrder } from './testing/run-in-order.ts';
import { noPause } from './testing/scheduler.ts';

const graphs = Math.ceil(Number(process.env['PATCHBAY_GRAPHS'] ?? 1_500) / 3);
const timeLimitMs = Math.max(600_000, graphs * 200);
const fakes = createFakeNodes();
const tapes = fc.noBias(fc.array(fc.nat(), { minLength: 300, maxLength: 900, size: 'max' }));
const orders = fc.noBias(fc.array(fc.nat(), { maxLength: 60, size: 'max' }));
const limits = { numRuns: graphs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true, endOnFailure: true };

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;
/** As a row of the store would keep it. */
const recordOf = (events: readonly RunEvent[]): StepEnd[] =>
  JSON.parse(JSON.stringify(events.filter((event) => event.type === 'step-end'))) as StepEnd[];

async function firstRun(numbers: number[], order: number[]) {
  const { flow, inputs } = randomFlow(createTape(numbers));
  const tape = createTape(order);
  const first = await runInOrder(fakes, flow, inputs, (count) => tape.pick(count));
  return { flow, inputs, first, record: recordOf(first.events) };
}

async function again(flow: FlowDocument, inputs: Record<string, Json>, options: Partial<RunOptions>): Promise<RunResult> {
  fakes.begin(noPause);
  return startRun(buildPlan(flow, fakes.catalogue), inputs, { world: createFakeWorld(), runId: 'again', ...options }).result;
}
const called = (): string[] => [...fakes.calls.keys()];

test(`${graphs} runs replayed from their records come out the same and execute nothing`, { timeout: timeLimitMs * 2 }, async () => {
  const seen = { succeeded: 0, failed: 0, partly: 0 };
  await fc.assert(
    fc.asyncProperty(tapes, orders, async (numbers, order) => {
      const { flow, inputs, first, record } = await firstRun(numbers, order);
      const { status, error, outputs } = first.result;
      const knownOnly = { status: status as 'succeeded' | 'failed', error, outputs: new Set(Object.keys(outputs)) };
      const result = await again(flow, inputs, { recall: recallRecord(record), knownOnly });
      expect(called()).toEqual([]);
      const what = (end: typeof result) => [end.status, end.error, end.outputs, end.empty];
      expect(what(result)).toEqual(what(first.result));
      seen[status as 'succeeded' | 'failed'] += 1;
      if (record.some((end) => end.status === 'cancelled')) seen.partly += 1;
    }),
    limits,
  );
  for (const [name, count] of Object.entries(seen)) expect(count / graphs, name).toBeGreaterThan(0.05);
});

/** The steps that may do something else once `node` does: it, all that stands in it, all that reads it, all around it. */
function after(flow: FlowDocument, node: string): Set<string> {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    for (const { from, to } of flow.edges) if (splitEnd(from).node === id) add(splitEnd(to).node);
    for (const [inner, { parent }] of Object.entries(flow.nodes)) if (parent === id) add(inner);
    const around = flow.nodes[id]?.parent;
    if (around !== undefined) add(around);
  };
  add(node);
  return found;
}

/** Whether a step had begun to write before its rule stepped in: whoever reads that may begin before it breaks off, or may not. */
function brokeOff(flow: FlowDocument, { node, handled, outputs = {} }: StepEnd): boolean {
  const ports = (flow.nodes[node]?.config['outputs'] ?? []) as { id: string; stream?: boolean }[];
  return handled === true && ports.some(({ id, stream }) => stream === true && typeof outputs[id] === 'string');
}

const nodeOf = (call: string): string => call.split(/[\n: ]/).at(-1) ?? call;

test(`${graphs} flows with one step changed execute that step and what depends on it`, { timeout: timeLimitMs * 2 }, async () => {
  const seen = { certain: 0, executed: 0, answered: 0, inside: 0 };
  await fc.assert(
    fc.asyncProperty(tapes, orders, fc.nat(), async (numbers, order, pick) => {
      const { flow, inputs, record } = await firstRun(numbers, order);
      const plan = buildPlan(flow, fakes.catalogue);
      fakes.begin(noPause);
      const recall = await learnAnswers(plan, inputs, record, { world: createFakeWorld() });
      expect(called()).toEqual([]);
      const done = (end: StepEnd): boolean => end.status === 'succeeded' || (end.handled === true && !brokeOff(flow, end));
      const reached = new Set(record.map((end) => end.node));
      const unfinished = [
        ...record.flatMap((end) => (done(end) ? [] : [end.node])),
        ...Object.keys(flow.nodes).filter((id) => !reached.has(id)),
      ];
      await again(flow, inputs, { recall });
      // A run that ended before its time leaves steps that nobody has asked yet.
      const open = new Set(unfinished.flatMap((node) => [...after(flow, node)]));
      expect(called().filter((call) => !open.has(nodeOf(call)))).toEqual([]);

      const works = Object.keys(flow.nodes).filter((id) => flow.nodes[id]?.type === 'work');
      const edited = works[pick % Math.max(1, works.length)];
      if (edited === undefined) return;
      const changed = structuredClone(flow);
      const config = changed.nodes[edited]?.config ?? {};
      config['text'] = `${String(config['text'])} changed`;
      const result = await again(changed, inputs, { recall });
      const may = new Set([...after(flow, edited), ...open]);
      expect(called().filter((call) => !may.has(nodeOf(call)))).toEqual([]);
      seen.executed += called().length > 0 ? 1 : 0;
      if (works.length > called().length) seen.answered += 1;
      if (called().some((call) => call.includes('/'))) seen.inside += 1;
      fakes.begin(noPause);
      const expected = await interpret(changed, fakes.catalogue, inputs);
      if (expected.uncertain || result.status === 'failed') return;
      seen.certain += 1;
      expect(result.outputs).toEqual(expected.outputs);
    }),
    limits,
  );
  for (const [name, count] of Object.entries(seen)) expect(count / graphs, name).toBeGreaterThan(0.02);
});
