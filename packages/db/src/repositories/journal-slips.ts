import type { GroupCommit } from '../group-commit.ts';
import { toRows } from './journal-rows.ts';
import type { JournalStatements } from './journal-statements.ts';
import type { AttemptKey, NewEntry, RunEnd } from './journal-types.ts';

interface SlipEnd {
  end: RunEnd;
  masked: readonly NewEntry[] | undefined;
}

/** What one attempt has to write in this moment. It is open until its transaction begins. */
interface Slip {
  of: AttemptKey;
  entries: NewEntry[];
  end: SlipEnd | undefined;
  open: boolean;
  /** The same run's slip before it, while that is on its way. */
  before: Slip | undefined;
  failure: { error: unknown } | undefined;
  done: Promise<boolean>;
}

/** Gathers what a run notes in one moment, its end included, so that it is looked up and written once. */
export interface JournalSlips {
  add(of: AttemptKey, entry: NewEntry): Promise<boolean>;
  finish(of: AttemptKey, end: RunEnd, entries?: readonly NewEntry[], masked?: readonly NewEntry[]): Promise<boolean>;
}

export function createJournalSlips(group: GroupCommit<() => void>, statements: JournalStatements): JournalSlips {
  const latest = new Map<string, Slip>();

  function slipOf(of: AttemptKey): Slip {
    const before = latest.get(of.runId);
    const mine = before?.of.attempt === of.attempt && before.of.workspaceId === of.workspaceId;
    if (mine && before.open && before.end === undefined) return before;
    const slip: Slip = { of, entries: [], end: undefined, open: true, before, failure: undefined, done: Promise.resolve(false) };
    slip.done = send(slip);
    latest.set(of.runId, slip);
    return slip;
  }

  async function send(slip: Slip): Promise<boolean> {
    let written = false;
    try {
      // It may be called again, where the transaction has to be: what was noted since then has a slip of its own.
      await group.add(() => {
        slip.open = false;
        written = write(slip);
      });
      return written;
    } catch (error) {
      slip.failure = { error };
      throw error;
    } finally {
      slip.before = undefined;
      if (latest.get(slip.of.runId) === slip) latest.delete(slip.of.runId);
    }
  }

  function write({ of, entries, end, before }: Slip): boolean {
    // The end of a run whose steps are not there would lose them.
    if (before?.failure !== undefined) throw before.failure.error;
    if (end === undefined) return statements.isCurrent({ ...of }) !== undefined && insert(of, entries);
    const { endEvent, ...columns } = end.end;
    if (statements.endQueued({ ...of, endEvent }) !== 1 || statements.endRun({ ...of, ...columns }) !== 1) return false;
    if (end.masked !== undefined) statements.forgetEnds({ ...of });
    insert(of, end.masked ?? entries);
    return true;
  }

  /** False where one of them stood there already. */
  function insert(of: AttemptKey, entries: readonly NewEntry[]): boolean {
    let fresh = true;
    for (const row of toRows(entries)) fresh = statements.add({ ...of, ...row }) === 1 && fresh;
    return fresh;
  }

  return {
    add(of, entry) {
      const slip = slipOf(of);
      slip.entries.push(entry);
      return slip.done;
    },
    finish(of, end, entries = [], masked = undefined) {
      const slip = slipOf(of);
      slip.entries.push(...entries);
      slip.end = { end, masked };
      return slip.done;
    },
  };
}
