import type { RunEvent } from '@patchbay/node-kit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFakeNodes } from './testing/fake-nodes.ts';
import { findBrokenLaw } from './testing/laws.ts';
import { createTape, randomFlow } from './testing/random-flow.ts';
import { runInOrder } from './testing/run-in-order.ts';

const graphs = Math.ceil(Number(process.env['PATCHBAY_GRAPHS'] ?? 3_000) / 3);
const timeLimitMs = Math.max(600_000, graphs * 200);
const fakes = createFakeNodes();
const callsMade = (): number => [...fakes.calls.values()].reduce((sum, calls) => sum + calls, 0);

test(`${graphs} runs cancelled at any of their events end once, say nothing after and call nobody`, {
  timeout: timeLimitMs * 2,
}, async () => {
  let cancelled = 0;
  const tapes = fc.noBias(fc.array(fc.nat(), { minLength: 300, maxLength: 900, size: 'max' }));
  const orders = fc.noBias(fc.array(fc.nat(), { maxLength: 60, size: 'max' }));
  await fc.assert(
    fc.asyncProperty(tapes, orders, fc.nat({ max: 60 }), async (numbers, order, moment) => {
      const { flow, inputs } = randomFlow(createTape(numbers));
      const orderTape = createTape(order);
      const abort = new AbortController();
      const events: RunEvent[] = [];
      let callsThen: number | undefined;
      const onEvent = (event: RunEvent): void => {
        events.push(event);
        // From within the event, as a listener would, and in the middle of what the engine does.
        if (events.length !== moment + 1) return;
        callsThen = callsMade();
        abort.abort('asked');
      };
      const { result } = await runInOrder(fakes, flow, inputs, (count) => orderTape.pick(count), { onEvent, signal: abort.signal });
      const broken = findBrokenLaw(flow, fakes.catalogue, events);
      if (broken !== undefined) throw new Error(broken);
      expect(['succeeded', 'failed', 'cancelled']).toContain(result.status);
      if (callsThen !== undefined) expect(callsMade(), 'nodes called after the end was asked for').toBe(callsThen);
      expect(events.at(-1)).toMatchObject({ type: 'run-end', status: result.status });
      if (result.status === 'cancelled') cancelled += 1;
    }),
    { numRuns: graphs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
  );
  expect(cancelled / graphs).toBeGreaterThan(0.1);
});
