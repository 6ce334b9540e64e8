import type { AttemptKey, JournalEntry, NewEntry } from '@patchbay/db';
import type { Json } from '@patchbay/flow';
import type { RunResult } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import { type RunMaking, withoutPins } from '../reuse/run-making.ts';
import { type Hiding, maskRecord } from '../runs/mask-record.ts';
import { runDetailText } from '../runs/record-run.ts';
import { type OutputRecord, stepsOf } from './run-journal.ts';

export interface RunEndParts {
  of: AttemptKey;
  inputs: Readonly<Record<string, Json>>;
  result: RunResult;
  endEvent: number;
  /** What ended only because the run did. */
  late: readonly NewEntry[];
  hiding: Hiding | undefined;
  making: RunMaking | undefined;
  masked: true | undefined;
  /** Settles when what ended before is stored; asked only where that has to be read again. */
  stored(): Promise<boolean>;
}

/**
 * Stores the end of a durable run, once. A flow that hides something kept it as long as the run needed it: with the end
 * it goes from the run's whole record. An interrupted run still needs it, should it go on.
 */
export async function storeEnd({ database }: Pick<Deps, 'database'>, parts: RunEndParts): Promise<boolean> {
  const { of, inputs, result, endEvent, late, making, masked: isMasked } = parts;
  const columns = {
    status: result.status,
    durationMs: Math.round(result.durationMs),
    simulated: result.simulated,
    usage: JSON.stringify(result.usage),
    endEvent,
  };
  const hiding = result.status === 'interrupted' ? undefined : parts.hiding;
  if (hiding === undefined) {
    const detail = runDetailText({ inputs, result, making: withoutPins(making), masked: isMasked });
    return database.journal.finish(of, { ...columns, detail }, late);
  }
  if (!(await parts.stored())) return false;
  const kept = await database.journal.entries(of.workspaceId, of.runId);
  const entries = [...kept, ...late.map((entry): JournalEntry => entry)];
  const masked = await maskRecord({ inputs, outputs: result.outputs, error: result.error, steps: stepsOf(entries) }, hiding);
  const detail = runDetailText({
    inputs: masked.inputs,
    result: { ...result, outputs: masked.outputs, error: masked.error },
    making: withoutPins(making),
    masked: true,
  });
  return database.journal.finish(of, { ...columns, detail }, late, maskedEntries(entries, masked));
}

/** All that has ended, as it may be kept. Of what had only begun nothing is hidden. */
function maskedEntries(entries: readonly JournalEntry[], { steps, outputs }: Awaited<ReturnType<typeof maskRecord>>): NewEntry[] {
  let step = 0;
  return entries.flatMap(({ kind, scope, name, event, record }): NewEntry[] => {
    if (record === null || event === null) return [];
    if (kind === 'step') return [{ kind, scope, name, event, record: JSON.stringify(steps[step++]) }];
    const { complete } = JSON.parse(record) as OutputRecord;
    return [{ kind: 'output', scope, name, event, record: JSON.stringify({ value: outputs[name] ?? '', complete }) }];
  });
}
