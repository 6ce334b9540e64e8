import type { Json } from '@patchbay/flow';
import type { Plan, PlanOutputPort, PlanStep } from './plan.ts';

const shapes = new WeakMap<Plan, string>();

/** All that the work of a plan follows from besides what enters it, as a text: equal texts do the same. */
export function planShape(plan: Plan): string {
  const known = shapes.get(plan);
  if (known !== undefined) return known;
  const shape = canonical([plan.steps.map(stepShape), plan.given.map(outputShape)]);
  shapes.set(plan, shape);
  return shape;
}

const stepShape = (step: PlanStep): Json => [
  step.id,
  step.type,
  step.kind,
  step.dead,
  step.config,
  { ...step.rule },
  step.ports.map(({ id, fanIn, fallback, required, absent }): Json => [id, fanIn.kind, fallback, required, absent]),
  step.outputs.map(outputShape),
  step.inlets.map(({ output }) => outputShape(output)),
  step.inner === undefined ? null : planShape(step.inner),
];

const outputShape = ({ id, edges }: PlanOutputPort): Json => [
  id,
  edges.map(({ to, conversion, streams }): Json => [to.step.id, to.id, conversion, streams]),
];

/** A value as JSON in which the order of names does not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
