import { beginStep } from './end-step.ts';
import { parkStep } from './park.ts';
import { type PlanStep, passesOn } from './plan.ts';
import type { KnownEnd } from './recall.ts';
import type { RunState } from './run-state.ts';
import { takeChunk } from './step-texts.ts';

/**
 * Where nothing is executed: a step of which no end is known stands still, as if it still worked. Texts of it that had
 * begun are there as far as they came.
 */
export function standsStill(run: RunState, step: PlanStep, { opens }: KnownEnd): boolean {
  if (step.kind !== 'node' || step.type === passesOn || opens?.(run.scope, step.id) === true) return false;
  const active = beginStep(run, step);
  const begun = run.recall?.(run.scope, step.id, () => undefined)?.outputs ?? {};
  for (const [port, value] of Object.entries(begun)) if (typeof value === 'string') takeChunk(run, active, { port, text: value });
  parkStep(run, active);
  return true;
}
