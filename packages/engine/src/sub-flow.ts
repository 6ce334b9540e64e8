import { type FlowAnswer, type FlowCall, type Flows, type RunEvent, type RunResult, StepError } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { beginInner, cancelled, innerScope } from './inner-run.ts';
import { runLimits } from './limits.ts';
import type { LoadedFlow } from './load-flow.ts';
import type { PlanStep } from './plan.ts';
import { createInnerRun, type RunState } from './run-state.ts';

export interface OpenFlows extends Flows {
  /** Ends what still runs. */
  stop(): void;
}

/** Other flows, for one try of a step. Each runs as a part of this run: its steps are told under the scope of the step. */
export function openFlows(run: RunState, step: PlanStep, attempt: number): OpenFlows {
  const open = new Set<RunState>();
  const scope = innerScope(run, step, attempt);
  // Seen through when it is asked whether anything still moves.
  const active = run.active[step.index];
  if (active !== undefined) active.turns = open;
  let calls = 0;
  let stopped = false;
  return {
    async run(call) {
      const loaded = await load(run, call);
      if (stopped) return { outputs: {}, error: cancelled };
      calls += 1;
      const { promise, resolve } = Promise.withResolvers<RunResult>();
      const place = {
        plan: loaded.plan,
        scope: calls === 1 ? scope : `${scope}/${calls - 1}`,
        emit: tell(run, call),
        finish: resolve,
        chain: [...run.chain, loaded.key],
        only: undefined,
      };
      const inner = createInnerRun(run, step, place, loaded.inputs);
      open.add(inner);
      beginInner(inner, () => {});
      const { status, outputs, error } = await promise;
      open.delete(inner);
      if (run.parked) run.wake();
      const answer: FlowAnswer = { outputs };
      if (status !== 'succeeded') answer.error = error ?? cancelled;
      return answer;
    },
    describe: async (flow) => {
      if (run.loadFlow?.describe === undefined) throw notFound(flow);
      return run.loadFlow.describe(flow);
    },
    stop() {
      stopped = true;
      for (const inner of open) endRun(inner, 'cancelled', cancelled);
    },
  };
}

const notFound = ({ flow }: Pick<FlowCall, 'flow'>): StepError => new StepError('invalid_input', 'flow_not_found', { flow });

async function load({ loadFlow, chain }: RunState, call: FlowCall): Promise<LoadedFlow> {
  const params = { flow: call.flow };
  if (loadFlow === undefined) throw notFound(call);
  if (chain.length >= runLimits.flows) throw new StepError('invalid_input', 'flows_too_deep', { limit: runLimits.flows });
  const loaded = await loadFlow(call);
  if (chain.includes(loaded.key)) throw new StepError('invalid_input', 'flow_calls_itself', params);
  return loaded;
}

/** Its steps are told as they are; the texts of its outputs go to who called it; its start and end are that step's business. */
function tell({ emit }: RunState, { onText }: FlowCall): RunState['emit'] {
  if (emit === undefined && onText === undefined) return undefined;
  return (event: RunEvent) => {
    if ('scope' in event) emit?.(event);
    else if (event.type === 'output-chunk') onText?.(event.output, event.text);
  };
}
