import type { RunEvent, RunResult } from '@patchbay/node-kit';
import { expect } from 'vitest';
import { type Interpretation, stepKey } from '../reference/interpret.ts';

/** Holds a run to what the reference says of it: status, outputs, and how each step ended. */
export function compare(result: RunResult, events: readonly RunEvent[], expected: Interpretation): void {
  const ends = new Map(events.flatMap((event) => (event.type === 'step-end' ? [[stepKey(event.scope, event.node), event] as const] : [])));
  if (expected.stoppers.size > 0) {
    expect(result.status).toBe('failed');
    expect(expected.blamed).toContain(result.error?.node);
    // Which outputs were complete by then is a matter of time; what was complete is right.
    expect(expected.outputs).toMatchObject(result.outputs);
  } else {
    expect(result).toMatchObject({ status: 'succeeded', outputs: expected.outputs });
    expect(result.outputs).toEqual(expected.outputs);
    expect(result.empty ?? false).toBe(expected.empty);
    expect(result.reason).toEqual(expected.reason);
    const top = (keys: Iterable<string>): string[] => [...keys].filter((key) => !key.includes(':')).sort();
    expect(top(ends.keys())).toEqual(top(expected.steps.keys()));
  }
  for (const [key, end] of ends) compareStep(end, key, expected);
  for (const event of events) {
    if (event.type !== 'output-end' || expected.stoppers.size > 0) continue;
    expect(event.complete).toBe(!expected.broken.has(event.output));
  }
}

function compareStep(end: Extract<RunEvent, { type: 'step-end' }>, node: string, expected: Interpretation): void {
  const step = expected.steps.get(node);
  // Inside containers: a turn ended early by another step's failure, or one that the reference did not need to look at.
  if (end.scope !== '' && (step === undefined || (end.status === 'cancelled' && end.reason === undefined))) return;
  const stopped = expected.stoppers.size > 0 || step?.idle === true;
  if (end.status === 'cancelled' && stopped) return;
  if (step?.status === 'stopped') expect(['cancelled', 'skipped'], node).toContain(end.status);
  else expect(end.status, node).toBe(step?.status);
  if (step?.status === 'stopped' || step?.status === 'skipped') expect(end.reason, node).toEqual(step.reason);
  if (step?.values !== undefined) expect(end.outputs, node).toMatchObject(step.values);
}
