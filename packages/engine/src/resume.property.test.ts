import type { RunEvent } from '@patchbay/node-kit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Recall } from './recall.ts';
import { interpret, stepKey } from './reference/interpret.ts';
import { compare } from './testing/compare.ts';
import { createFakeNodes } from './testing/fake-nodes.ts';
import { findBrokenLaw } from './testing/laws.ts';
import { createTape, randomFlow } from './testing/random-flow.ts';
import { runInOrder } from './testing/run-in-order.ts';
import { noPause } from './testing/scheduler.ts';

const graphs = Math.ceil(Number(process.env['PATCHBAY_GRAPHS'] ?? 3_000) / 3);
const timeLimitMs = Math.max(600_000, graphs * 200);
const fakes = createFakeNodes();
type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

/** As a journal would: each record goes through its text. */
const recallOf = (journal: readonly StepEnd[]): Recall => {
  const records = new Map(journal.map((end) => [`${end.scope}:${end.node}`, JSON.stringify(end)]));
  return (scope, node) => {
    const text = records.get(`${scope}:${node}`);
    return text === undefined ? undefined : (JSON.parse(text) as StepEnd);
  };
};

test(`${graphs} runs cut after any of their steps and started again come out as if nothing had happened`, {
  timeout: timeLimitMs * 2,
}, async () => {
  const seen = { certain: 0, recalled: 0, unfinished: 0 };
  const tapes = fc.noBias(fc.array(fc.nat(), { minLength: 300, maxLength: 900, size: 'max' }));
  const orders = fc.noBias(fc.array(fc.nat(), { maxLength: 60, size: 'max' }));
  await fc.assert(
    fc.asyncProperty(tapes, orders, orders, fc.nat(), async (numbers, order, laterOrder, cut) => {
      const { flow, inputs } = randomFlow(createTape(numbers));
      const orderTape = createTape(order);
      const first = await runInOrder(fakes, flow, inputs, (count) => orderTape.pick(count));
      const ends = first.events.filter((event) => event.type === 'step-end');
      const journal = ends.slice(0, cut % (ends.length + 1));
      const laterTape = createTape(laterOrder);
      const options = { recall: recallOf(journal) };
      const { result, events } = await runInOrder(fakes, flow, inputs, (count) => laterTape.pick(count), options);
      const calls = new Map(fakes.calls);
      const finished = journal.filter(({ status }) => status === 'succeeded' || status === 'failed');
      for (const { scope, node } of finished) expect(calls.get(stepKey(scope, node)), node).toBeUndefined();
      const broken = findBrokenLaw(flow, fakes.catalogue, events);
      if (broken !== undefined) throw new Error(broken);
      fakes.begin(noPause);
      const expected = await interpret(flow, fakes.catalogue, inputs);
      if (expected.uncertain) return;
      compare(result, events, expected);
      seen.certain += 1;
      if (events.some((event) => event.type === 'step-end' && event.recalled === true)) seen.recalled += 1;
      if (calls.size > 0 && finished.length > 0) seen.unfinished += 1;
    }),
    { numRuns: graphs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
  );
  for (const [name, count] of Object.entries(seen)) expect(count / graphs, name).toBeGreaterThan(0.4);
});
