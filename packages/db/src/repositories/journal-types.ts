import type { runJournal, runQueue, startKeys } from '../tables.ts';
import type { RunRow } from './runs.ts';

/** Who writes: an attempt of a run. What a former attempt still writes is refused. */
export interface AttemptKey {
  workspaceId: string;
  runId: string;
  attempt: number;
}

export interface DurableRun extends Omit<typeof runQueue.$inferSelect, 'runId'> {
  run: RunRow;
}
export type JournalEntry = Pick<typeof runJournal.$inferSelect, 'kind' | 'scope' | 'name' | 'event' | 'record'>;
export interface NewEntry {
  kind: 'step' | 'output';
  scope: string;
  name: string;
  /** Id of the event that tells it. */
  event: number;
  record: string;
}
export type UnfinishedRun = Pick<typeof runQueue.$inferSelect, 'workspaceId' | 'runId' | 'attempt' | 'wakeAt'> & { status: string };

/** A start to be kept. With a caller's key, the same key starts nothing a second time. */
export interface NewDurableRun {
  run: Omit<RunRow, 'workspaceId'>;
  document: string | null;
  locale: string;
  /** The API key that starts it; null for the owner. */
  keyId: string | null;
  /** Whoever starts it manages the workspace, and keeps that right in this run. */
  manages: boolean;
  /** Waits for the disk, so that the run is there even after a power cut: for callers that are told it is accepted. */
  toDisk: boolean;
  /** 1 where the caller executes it at once, else 0. */
  attempt: 0 | 1;
  startKey?: NewStartKey | undefined;
}
export interface NewStartKey extends Pick<typeof startKeys.$inferSelect, 'route' | 'key' | 'bodyHash' | 'createdAt'> {
  /** Older ones are forgotten. */
  since: number;
}
/** `undefined` where the run is accepted; else what the key has started before. */
export type KnownStart = { runId: string; bodyHash: string } | undefined;

export type RunEnd = Pick<RunRow, 'status' | 'durationMs' | 'simulated' | 'usage' | 'detail'> & { endEvent: number };

export interface JournalRepository {
  /** Stored when it settles. */
  accept(workspaceId: string, start: NewDurableRun): Promise<KnownStart>;
  /** Makes the run this process's: counts its attempt up and sets it running. False where another was faster or it has ended. */
  take(of: AttemptKey): Promise<boolean>;
  read(workspaceId: string, runId: string): Promise<DurableRun | undefined>;
  /** What has ended, in order, then what has only begun. */
  entries(workspaceId: string, runId: string): Promise<JournalEntry[]>;
  /** Notes that a step begins which must not run twice. False for a former attempt. */
  begin(of: AttemptKey, step: { scope: string; node: string }): Promise<boolean>;
  /**
   * Notes an end, together with what else of the run ends in this moment. The first writer wins; false for a former
   * attempt or a second end.
   */
  add(of: AttemptKey, entry: NewEntry): Promise<boolean>;
  /**
   * The run's end, once, with all that was noted before it and `entries`, which ended only because it did; where
   * `masked` is given, it takes the place of everything noted. False for a former attempt or an ended run; fails where
   * something noted before could not be stored.
   */
  finish(of: AttemptKey, end: RunEnd, entries?: readonly NewEntry[], masked?: readonly NewEntry[]): Promise<boolean>;
  /** Puts an interrupted run back into the queue, forgetting the beginnings of steps that did not end. False where it is not interrupted. */
  requeue(workspaceId: string, runId: string): Promise<boolean>;
  /** Durable runs that have not ended, in every workspace, in order of acceptance. */
  unfinished(): Promise<UnfinishedRun[]>;
  /** Forgets callers' keys from before that time, in every workspace. */
  forgetKeys(before: number): Promise<number>;
  settled(): Promise<void>;
}
