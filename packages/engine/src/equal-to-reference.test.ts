import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret } from './reference/interpret.ts';
import { compare } from './testing/compare.ts';
import { createFakeNodes } from './testing/fake-nodes.ts';
import { findBrokenLaw } from './testing/laws.ts';
import { createTape, randomFlow } from './testing/random-flow.ts';
import { runInOrder } from './testing/run-in-order.ts';
import { noPause } from './testing/scheduler.ts';

const graphs = Number(process.env['PATCHBAY_GRAPHS'] ?? 10_000);
const timeLimitMs = Math.max(600_000, graphs * 200);
const fakes = createFakeNodes();

test(`the engine equals the reference on ${graphs} random graphs and orders of completion`, { timeout: timeLimitMs * 2 }, async () => {
  const seen = { certain: 0, failed: 0, empty: 0, skipped: 0, stopped: 0, retried: 0, streamed: 0, contained: 0 };
  const tapes = fc.noBias(fc.array(fc.nat(), { minLength: 300, maxLength: 900, size: 'max' }));
  await fc.assert(
    fc.asyncProperty(tapes, fc.noBias(fc.array(fc.nat(), { maxLength: 60, size: 'max' })), async (numbers, order) => {
      const { flow, inputs } = randomFlow(createTape(numbers));
      const orderTape = createTape(order);
      const { result, events } = await runInOrder(fakes, flow, inputs, (count) => orderTape.pick(count));
      fakes.begin(noPause);
      const expected = await interpret(flow, fakes.catalogue, inputs);
      const broken = findBrokenLaw(flow, fakes.catalogue, events);
      if (broken !== undefined) throw new Error(broken);
      if (expected.uncertain) return;
      compare(result, events, expected);
      seen.certain += 1;
      if (result.status === 'failed') seen.failed += 1;
      if (result.empty === true) seen.empty += 1;
      if (events.some((event) => event.type === 'step-end' && event.status === 'skipped')) seen.skipped += 1;
      if (events.some((event) => event.type === 'step-end' && event.status === 'cancelled' && event.reason !== undefined))
        seen.stopped += 1;
      if (events.some((event) => event.type === 'step-retry')) seen.retried += 1;
      if (events.some((event) => event.type === 'output-chunk')) seen.streamed += 1;
      if (events.some((event) => 'scope' in event && event.scope !== '')) seen.contained += 1;
    }),
    // Shrinking a long tape may take minutes; a counterexample is given in time, as short as it has become.
    { numRuns: graphs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
  );
  // Were most graphs uncertain, failing or dull, the equality would say little.
  const share = Object.fromEntries(Object.entries(seen).map(([name, count]) => [name, count / graphs]));
  expect(share['certain']).toBeGreaterThan(0.9);
  expect(share['failed']).toBeLessThan(0.5);
  for (const name of ['failed', 'empty', 'skipped', 'retried', 'streamed', 'contained']) expect(share[name], name).toBeGreaterThan(0.02);
  expect(share['stopped']).toBeGreaterThan(0.003);
});
