import { startRun } from '@patchbay/engine';
import type { RunResult } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { engineLimits } from '../limits/limit-settings.ts';
import { liveRun } from './live-runs.ts';
import { flowKey } from './load-flow.ts';
import type { PreparedRun } from './prepare-run.ts';
import { type KeptStep, keepStep, recordRun } from './record-run.ts';

/** Has `leave` called when the caller goes away. A call after the run's end does nothing. */
export type WhenLeft = (leave: () => void) => void;

/** Runs while the caller waits. Resolves when the run has ended and its record is committed. */
export async function runToEnd(ctx: Ctx, prepared: PreparedRun, whenLeft?: WhenLeft): Promise<RunResult> {
  const { deps } = ctx;
  const steps: KeptStep[] = [];
  const startedAt = deps.now();
  const run = startRun(prepared.target.plan, prepared.inputs, {
    world: deps.host.world({
      locale: ctx.locale,
      streaming: false,
      workspace: prepared.target.workspaceId,
      flow: prepared.target.talks,
      purses: prepared.purses,
      manages: prepared.manages,
    }),
    runId: prepared.id,
    loadFlow: prepared.loadFlow,
    flowKey: flowKey(prepared.target),
    ...prepared.known,
    ...engineLimits(deps.limits),
    onEvent: (event) => {
      if (event.type === 'step-end') steps.push(keepStep(event));
    },
  });
  whenLeft?.(() => run.cancel('caller_left'));
  deps.liveRuns.set(prepared.id, liveRun(prepared, run.cancel));
  try {
    const result = await run.result;
    await recordRun(deps, { prepared, startedAt, result, steps });
    return result;
  } finally {
    deps.liveRuns.delete(prepared.id);
  }
}
