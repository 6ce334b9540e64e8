import { beginStep } from './end-step.ts';
import { parkStep } from './park.ts';
import { type PlanStep, passesOn } from './plan.ts';
import type { KnownEnd } from './recall.ts';
import { edgeState, type RunState, stateOf } from './run-state.ts';
import { takeChunk } from './step-texts.ts';

/**
 * Where nothing is executed: a step of which no end is known stands still, as if it still worked. Texts of it that had
 * begun are there as far as they came.
 */
export function standsStill(run: RunState, step: PlanStep, { opens }: KnownEnd): boolean {
  if (step.kind !== 'node' || opens?.(run.scope, step.id) === true) return false;
  if (step.type === passesOn && !waitsForText(run, step)) return false;
  const active = beginStep(run, step);
  const begun = run.recall?.(run.scope, step.id, () => undefined)?.outputs ?? {};
  for (const [port, value] of Object.entries(begun)) if (typeof value === 'string') takeChunk(run, active, { port, text: value });
  parkStep(run, active);
  return true;
}

/** A bypassed step hands on what is there; a text that stands still it would wait for without end. */
const waitsForText = (run: RunState, step: PlanStep): boolean =>
  step.ports.some(({ edges }) => edges.some((edge) => stateOf(run, edge) === edgeState.open));
