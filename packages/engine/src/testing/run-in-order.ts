import type { FlowDocument, Json } from '@patchbay/flow';
import type { RunEvent, RunResult } from '@patchbay/node-kit';
import { buildPlan } from '../build-plan.ts';
import type { RunOptions } from '../run-state.ts';
import { startRun } from '../start-run.ts';
import type { FakeNodes } from './fake-nodes.ts';
import { createFakeWorld } from './fake-world.ts';
import { createScheduler } from './scheduler.ts';

/** Runs a flow of fake nodes to its end, in the order of completion that `choose` picks. */
export async function runInOrder(
  fakes: FakeNodes,
  flow: FlowDocument,
  inputs: Record<string, Json>,
  choose: (count: number) => number,
  options: Partial<RunOptions> = {},
): Promise<{ result: RunResult; events: RunEvent[] }> {
  const scheduler = createScheduler(choose);
  fakes.begin(scheduler);
  const events: RunEvent[] = [];
  const run = startRun(buildPlan(flow, fakes.catalogue), inputs, {
    world: createFakeWorld(),
    runId: 'random',
    onEvent: (event) => events.push(event),
    ...options,
  });
  if (!(await scheduler.drive(run.result))) throw new Error('the run hangs');
  return { result: await run.result, events };
}
