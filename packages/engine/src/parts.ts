import { type Part, type Parts, type RunEvent, type RunResult, StepError, type Turn } from '@patchbay/node-kit';
import { bareStep } from './draft.ts';
import { endRun } from './end-run.ts';
import { beginInner, cancelled, innerScope } from './inner-run.ts';
import { runLimits } from './limits.ts';
import type { Plan, PlanStep } from './plan.ts';
import { createInnerRun, type RunState } from './run-state.ts';

export interface OpenParts extends Parts {
  /** Ends what still runs. */
  stop(): void;
}

/**
 * Parts of a step's work, for one try of it. Each is a run of one step, under the scope of its turn: so it is recalled,
 * noted before it begins, counted, stopped and put aside by the code that does so for every step.
 */
export function openParts(run: RunState, step: PlanStep, attempt: number): OpenParts {
  const open = new Set<RunState>();
  const scope = innerScope(run, step, attempt);
  // Seen through when it is asked whether anything still moves.
  const active = run.active[step.index];
  if (active !== undefined) active.turns = open;
  let stopped = false;
  return {
    async run(part) {
      if (stopped) return { outputs: {}, error: cancelled };
      if (part.turn >= runLimits.turns) throw new StepError('invalid_input', 'too_many_turns', { limit: runLimits.turns });
      const { promise, resolve } = Promise.withResolvers<RunResult>();
      const answer: Turn = { outputs: {} };
      const inScope = `${scope}/${part.turn}`;
      const place = {
        plan: planOf(part),
        scope: inScope,
        emit: hear(run, part, inScope, answer),
        finish: resolve,
        chain: run.chain,
        only: undefined,
      };
      const inner = createInnerRun(run, step, place);
      open.add(inner);
      beginInner(inner, () => {});
      const { status, error } = await promise;
      open.delete(inner);
      // Others may be parked: with this one at its end, nothing may move any more.
      if (run.parked) run.wake();
      if (status !== 'succeeded') answer.error = error ?? cancelled;
      return answer;
    },
    stop() {
      stopped = true;
      for (const inner of open) endRun(inner, 'cancelled', cancelled);
    },
  };
}

function planOf({ id, repeatable, work }: Part): Plan {
  const text = { id: 'text', edges: [] };
  const step: PlanStep = {
    ...bareStep(id, 'node'),
    index: 0,
    run: (_, ctx) => work(ctx),
    outputs: [text],
    outputOf: new Map([[text.id, text]]),
    repeatable,
  };
  return { steps: [step], edgeCount: 0, portCount: 0, outputs: [], defaults: new Map(), given: [] };
}

/** A part is told as any step is; what it gives is told to the step besides. */
function hear({ emit }: RunState, { id, onText }: Part, scope: string, answer: Turn): NonNullable<RunState['emit']> {
  return (event: RunEvent) => {
    if (!('scope' in event)) return;
    emit?.(event);
    // What runs inside the part speaks through here too, under longer scopes.
    if (event.scope !== scope || event.node !== id) return;
    if (event.type === 'step-chunk') onText?.(event.text);
    else if (event.type === 'step-end') answer.outputs = event.outputs ?? {};
  };
}
