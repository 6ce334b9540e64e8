import type { Json } from '@patchbay/flow';
import { type Inside, type RunEvent, type RunResult, type SkipReason, StepError, type Turn } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { portReason, portState } from './gather.ts';
import { beginInner, cancelled, innerScope } from './inner-run.ts';
import { runLimits } from './limits.ts';
import type { Plan, PlanStep } from './plan.ts';
import { createInnerRun, edgeState, type RunState } from './run-state.ts';
import { settleEdge } from './settle.ts';

/**
 * What stands inside a container, for one try of its step. Each turn is a run of its own over the inner plan: it tells its
 * steps under the scope of the turn, spends for the container, and ends when the container does.
 */
export function openInside(run: RunState, step: PlanStep, inner: Plan, attempt: number): Inside {
  const open = new Set<RunState>();
  const scope = innerScope(run, step, attempt);
  const active = run.active[step.index];
  if (active !== undefined) active.turns = open;
  let turns = 0;
  let stopped = false;
  return {
    async run(turn, values) {
      // A container that was stopped may not know it yet.
      if (stopped) return { outputs: {}, error: cancelled };
      turns += 1;
      if (turns > runLimits.turns) throw new StepError('invalid_input', 'too_many_turns', { limit: runLimits.turns });
      const { promise, resolve } = Promise.withResolvers<RunResult>();
      const { chain, only } = run;
      const place = { plan: inner, scope: `${scope}/${turn}`, emit: tellInside(run, step), finish: resolve, chain, only };
      const turnRun = createInnerRun(run, step, place);
      open.add(turnRun);
      beginInner(turnRun, () => enter(run, turnRun, step, values));
      const result = await promise;
      open.delete(turnRun);
      // Other turns may be parked: with this one at its end, nothing may move any more.
      if (run.parked) run.wake();
      return turnOf(result);
    },
    stop() {
      stopped = true;
      for (const turnRun of open) endRun(turnRun, 'cancelled', cancelled);
    },
  };
}

/** Only what its steps do is told of a turn: its start, end and outputs are the container's own business. */
function tellInside({ emit }: RunState, { id }: PlanStep): RunState['emit'] {
  if (emit === undefined) return undefined;
  return (event: RunEvent) => {
    if ('node' in event && 'scope' in event && event.node !== id) emit(event);
  };
}

function enter(run: RunState, turnRun: RunState, step: PlanStep, values: Readonly<Record<string, Json>>): void {
  for (const { id, edges } of turnRun.plan.given) {
    const value = Object.hasOwn(values, id) ? values[id] : undefined;
    const reason: SkipReason = { code: 'branch', node: step.id, port: id };
    for (const edge of edges) {
      if (value === undefined) settleEdge(turnRun, edge, edgeState.closed, reason);
      else settleEdge(turnRun, edge, edgeState.value, value);
    }
  }
  for (const { port, output } of step.inlets) {
    const [outer] = port.edges;
    if (outer === undefined) continue;
    const state = portState(run, port) === edgeState.value ? edgeState.value : edgeState.closed;
    const content = state === edgeState.value ? run.contents[outer.index] : portReason(run, port);
    for (const edge of output.edges) settleEdge(turnRun, edge, state, content);
  }
}

function turnOf({ status, outputs, error }: RunResult): Turn {
  if (status === 'succeeded') return { outputs };
  return { outputs, error: error ?? cancelled };
}
