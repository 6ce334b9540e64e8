import type { FlowDocument, Json } from '@patchbay/flow';
import type { RunEvent, RunResult } from '@patchbay/node-kit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPlan } from './build-plan.ts';
import { type Interpretation, interpret } from './reference/interpret.ts';
import { startRun } from './start-run.ts';
import { createFakeNodes } from './testing/fake-nodes.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { findBrokenLaw } from './testing/laws.ts';
import { createTape, randomFlow } from './testing/random-flow.ts';
import { createScheduler, noPause } from './testing/scheduler.ts';

const graphs = Number(process.env['PATCHBAY_GRAPHS'] ?? 10_000);
const timeLimitMs = Math.max(60_000, graphs * 6);
const fakes = createFakeNodes();

test(`the engine equals the reference on ${graphs} random graphs and orders of completion`, { timeout: timeLimitMs * 2 }, async () => {
  const seen = { certain: 0, failed: 0, empty: 0, skipped: 0, stopped: 0, retried: 0, streamed: 0 };
  const tapes = fc.noBias(fc.array(fc.nat(), { minLength: 300, maxLength: 900, size: 'max' }));
  await fc.assert(
    fc.asyncProperty(tapes, fc.noBias(fc.array(fc.nat(), { maxLength: 60, size: 'max' })), async (numbers, order) => {
      const { flow, inputs } = randomFlow(createTape(numbers));
      const orderTape = createTape(order);
      const { result, events } = await runInOrder(flow, inputs, (count) => orderTape.pick(count));
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
    }),
    // Shrinking a long tape may take minutes; a counterexample is given in time, as short as it has become.
    { numRuns: graphs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: true },
  );
  // Were most graphs uncertain, failing or dull, the equality would say little.
  const share = Object.fromEntries(Object.entries(seen).map(([name, count]) => [name, count / graphs]));
  expect(share['certain']).toBeGreaterThan(0.9);
  expect(share['failed']).toBeLessThan(0.5);
  for (const name of ['failed', 'empty', 'skipped', 'retried', 'streamed']) expect(share[name], name).toBeGreaterThan(0.02);
  expect(share['stopped']).toBeGreaterThan(0.003);
});

async function runInOrder(flow: FlowDocument, inputs: Record<string, Json>, choose: (count: number) => number) {
  const scheduler = createScheduler(choose);
  fakes.begin(scheduler);
  const events: RunEvent[] = [];
  const run = startRun(buildPlan(flow, fakes.catalogue), inputs, {
    world: createFakeWorld(),
    runId: 'random',
    onEvent: (event) => events.push(event),
  });
  if (!(await scheduler.drive(run.result))) throw new Error('the run hangs');
  return { result: await run.result, events };
}

function compare(result: RunResult, events: readonly RunEvent[], expected: Interpretation): void {
  const ends = new Map(events.flatMap((event) => (event.type === 'step-end' ? [[event.node, event] as const] : [])));
  if (expected.stoppers.size > 0) {
    expect(result.status).toBe('failed');
    expect(expected.stoppers).toContain(result.error?.node);
    // Which outputs were complete by then is a matter of time; what was complete is right.
    expect(expected.outputs).toMatchObject(result.outputs);
  } else {
    expect(result).toMatchObject({ status: 'succeeded', outputs: expected.outputs });
    expect(result.outputs).toEqual(expected.outputs);
    expect(result.empty ?? false).toBe(expected.empty);
    expect(result.reason).toEqual(expected.reason);
    expect([...ends.keys()].sort()).toEqual([...expected.steps.keys()].sort());
  }
  for (const [node, end] of ends) compareStep(end, node, expected);
  for (const event of events) {
    if (event.type !== 'output-end' || expected.stoppers.size > 0) continue;
    expect(event.complete).toBe(!expected.broken.has(event.output));
  }
}

function compareStep(end: Extract<RunEvent, { type: 'step-end' }>, node: string, expected: Interpretation): void {
  const step = expected.steps.get(node);
  const stopped = expected.stoppers.size > 0 || step?.idle === true;
  if (end.status === 'cancelled' && stopped) return;
  if (step?.status === 'stopped') expect(['cancelled', 'skipped'], node).toContain(end.status);
  else expect(end.status, node).toBe(step?.status);
  if (step?.status === 'stopped' || step?.status === 'skipped') expect(end.reason, node).toEqual(step.reason);
  if (step?.values !== undefined) expect(end.outputs, node).toMatchObject(step.values);
}
