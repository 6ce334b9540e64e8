import type { Json } from '@patchbay/flow';
import type { KeptStep, RunRecord } from './record-run.ts';

/** Characters from which a value is worth being written once. */
const largeFrom = 16 * 1024;

/** Where a value stands: among the inputs or outputs of the run, or the outputs of the step with this number. */
export type Place = readonly [where: 'inputs' | 'outputs' | number, name: string];

/** A large value that stands in several places, where `null` is written for it. */
export interface SharedValue {
  value: Json;
  places: Place[];
}

export type Shareable = Pick<RunRecord, 'inputs' | 'outputs'> & { steps?: KeptStep[] | undefined };

/**
 * A value that passes from step to step stands in the record of each. Large ones are taken out and kept once: a text of
 * 8 MiB that goes through four steps is not 40 MiB to write and to store. What has none is answered as it is.
 */
export function shareValues<Detail extends Shareable>(detail: Detail): Detail & { shared?: SharedValue[] } {
  const large = new Map<Json, Place[]>();
  const look = (where: Place[0], values: Readonly<Record<string, Json>> | undefined): void => {
    for (const name in values) {
      const value = values[name];
      if (value === undefined || !isLarge(value)) continue;
      const places = large.get(value);
      if (places === undefined) large.set(value, [[where, name]]);
      else places.push([where, name]);
    }
  };
  look('inputs', detail.inputs);
  look('outputs', detail.outputs);
  detail.steps?.forEach((step, index) => {
    look(index, step.outputs);
  });
  if (large.size === 0) return detail;
  const shared = [...large].filter(([, places]) => places.length > 1).map(([value, places]) => ({ value, places }));
  if (shared.length === 0) return detail;
  const copy = {
    ...detail,
    inputs: { ...detail.inputs },
    outputs: { ...detail.outputs },
    steps: detail.steps?.map((step) => (step.outputs === undefined ? step : { ...step, outputs: { ...step.outputs } })),
    shared,
  };
  for (const { places } of shared) put(copy, places, null);
  return copy;
}

/** The record as it was before `shareValues`. */
export function unshareValues<Detail extends Shareable & { shared?: SharedValue[] }>(detail: Detail): Detail {
  for (const { value, places } of detail.shared ?? []) put(detail, places, value);
  delete detail.shared;
  return detail;
}

function put({ inputs, outputs, steps }: Shareable, places: readonly Place[], value: Json): void {
  for (const [where, name] of places) {
    const values = where === 'inputs' ? inputs : where === 'outputs' ? outputs : steps?.[where]?.outputs;
    if (values !== undefined && Object.hasOwn(values, name)) (values as Record<string, Json>)[name] = value;
  }
}

/** Whether a value is long when it is written. It is looked at only until that is known. */
function isLarge(value: Json): boolean {
  if (typeof value === 'string') return value.length >= largeFrom;
  if (typeof value !== 'object' || value === null) return false;
  return lengthUpTo(value, largeFrom) >= largeFrom;
}

/** About how long the value is, counted no further than `most`. */
function lengthUpTo(value: Json, most: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 4;
  let length = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      length += 1 + lengthUpTo(item, most - length);
      if (length >= most) return length;
    }
    return length;
  }
  for (const name in value) {
    length += name.length + 4 + lengthUpTo(value[name] ?? null, most - length);
    if (length >= most) return length;
  }
  return length;
}
