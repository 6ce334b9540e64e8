import type { JournalEntry } from '@patchbay/db';
import { pathOf, pathsAround } from '@patchbay/engine';
import type { Json } from '@patchbay/flow';
import type { StepRecord } from '../runs/record-run.ts';
import type { FeedEvent } from './feed.ts';

/** An output that is whole, or broke off. */
export interface OutputRecord {
  value: Json;
  complete: boolean;
}

/** What is known of a run's former attempts. */
export interface RunJournal {
  /** How a step ended, by scope and node. */
  step(scope: string, node: string): StepRecord | undefined;
  /** True where the end of this step or output is kept. */
  has(kind: string, scope: string, name: string): boolean;
  /** Steps that must not run twice, have begun, and have no end, nor has any step around them: what was stopped with its loop is over. */
  inFlight: readonly { scope: string; node: string }[];
}

export const stepKey = (scope: string, node: string): string => `${scope}\n${node}`;

/** Reads the rows of one run. */
export function readJournal(entries: readonly JournalEntry[]): RunJournal {
  const steps = new Map<string, StepRecord>();
  const outputs = new Set<string>();
  const begun: { scope: string; node: string }[] = [];
  const ended = new Set<string>();
  for (const { kind, scope, name, record } of entries) {
    if (record === null) begun.push({ scope, node: name });
    else if (kind === 'output') outputs.add(name);
    else {
      steps.set(stepKey(scope, name), stepOf(record));
      ended.add(pathOf(scope, name));
    }
  }
  return {
    step: (scope, node) => steps.get(stepKey(scope, node)),
    has: (kind, scope, name) => (kind === 'output' ? outputs.has(name) : steps.has(stepKey(scope, name))),
    inFlight: begun.filter(({ scope }) => !pathsAround(scope).some((path) => ended.has(path))),
  };
}

const stepOf = (record: string): StepRecord => JSON.parse(record) as StepRecord;

/** The steps that have ended, in order. */
export const stepsOf = (entries: readonly JournalEntry[]): StepRecord[] =>
  entries.flatMap(({ kind, record }) => (kind === 'step' && record !== null ? [stepOf(record)] : []));

/** The outputs that are whole. */
export const outputsOf = (entries: readonly JournalEntry[]): Record<string, Json> =>
  Object.fromEntries(
    entries.flatMap(({ kind, name, record }) => {
      const output = kind === 'output' && record !== null ? (JSON.parse(record) as OutputRecord) : undefined;
      return output?.complete === true ? [[name, output.value]] : [];
    }),
  );

/** The events the rows stand for, in order, as they were told. */
export function eventsOf(entries: readonly JournalEntry[]): FeedEvent[] {
  return entries.flatMap(({ kind, name, event: id, record }): FeedEvent[] => {
    if (id === null || record === null) return [];
    if (kind === 'output') {
      const { value, complete } = JSON.parse(record) as OutputRecord;
      return [{ id, event: { type: 'output-end', output: name, value, complete } }];
    }
    const { scope = '', ...step } = stepOf(record);
    return [{ id, event: { type: 'step-end', ...step, scope } }];
  });
}
