import type { AttemptKey, DurableRun, JournalEntry, NewEntry } from '@patchbay/db';
import type { RunResult } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import { type Hiding, maskRecord } from '../runs/mask-record.ts';
import { readDetail, runDetailText } from '../runs/record-run.ts';
import { type OutputRecord, stepsOf } from './run-journal.ts';

export interface RunEndParts {
  of: AttemptKey;
  run: DurableRun;
  result: RunResult;
  endEvent: number;
  /** What ended only because the run did. */
  late: readonly NewEntry[];
  hiding: Hiding | undefined;
}

/**
 * Stores the end of a durable run, once. A flow that hides something kept it as long as the run needed it: with the end
 * it goes from the run's whole record. An interrupted run still needs it, should it go on.
 */
export async function storeEnd({ database }: Pick<Deps, 'database'>, parts: RunEndParts): Promise<boolean> {
  const { of, run, result, endEvent, late } = parts;
  const { inputs } = readDetail(run.run.detail);
  const columns = {
    status: result.status,
    durationMs: Math.round(result.durationMs),
    simulated: result.simulated,
    usage: JSON.stringify(result.usage),
    endEvent,
  };
  const hiding = result.status === 'interrupted' ? undefined : parts.hiding;
  if (hiding === undefined) return database.journal.finish(of, { ...columns, detail: runDetailText({ inputs, result }) }, late);
  const kept = await database.journal.entries(of.workspaceId, of.runId);
  const entries = [...kept, ...late.map((entry): JournalEntry => entry)];
  const masked = maskRecord({ inputs, outputs: result.outputs, error: result.error, steps: stepsOf(entries) }, hiding);
  const detail = runDetailText({ inputs: masked.inputs, result: { ...result, outputs: masked.outputs, error: masked.error } });
  return database.journal.finish(of, { ...columns, detail }, late, maskedEntries(entries, masked));
}

function maskedEntries(entries: readonly JournalEntry[], { steps, outputs }: ReturnType<typeof maskRecord>): JournalEntry[] {
  const ends = entries.filter(({ record }) => record !== null);
  const ofSteps = ends.filter(({ kind }) => kind === 'step').map((entry, at) => ({ ...entry, record: JSON.stringify(steps[at]) }));
  const ofOutputs = ends
    .filter(({ kind }) => kind === 'output')
    .map((entry) => {
      const { complete } = JSON.parse(entry.record ?? '') as OutputRecord;
      return { ...entry, record: JSON.stringify({ value: outputs[entry.name] ?? '', complete }) };
    });
  return [...ofSteps, ...ofOutputs];
}
