import type { Failure } from '@patchbay/node-kit';
import { advance } from './outputs.ts';
import type { PlanStep } from './plan.ts';
import type { RunState } from './run-state.ts';

/** The failure of what was stopped because nobody needs it any more. */
export const cancelled: Failure = { class: 'cancelled', reason: 'asked', params: {} };

/** The scope of what runs inside a step. A later try has a name of its own, so that a step in a scope runs once. */
export const innerScope = (run: RunState, step: PlanStep, attempt: number): string =>
  `${run.scope === '' ? '' : `${run.scope}/`}${step.id}${attempt === 1 ? '' : `~${attempt}`}`;

/** Starts a run inside a step: `enter` settles what comes from outside. */
export function beginInner(inner: RunState, enter: (inner: RunState) => void): void {
  for (const output of inner.outputs) advance(inner, output);
  for (const step of inner.plan.steps) if (step.wired === 0) inner.queue.push(step);
  enter(inner);
  inner.wake();
}
