import type { AttemptKey, JournalRepository, NewEntry } from '@patchbay/db';
import type { RunEvent } from '@patchbay/node-kit';
import { keepStep } from '../runs/record-run.ts';
import type { Feed } from './feed.ts';
import { type FollowedEvent, firstIdOf, startEventId } from './followed-event.ts';
import type { OutputRecord, RunJournal } from './run-journal.ts';

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;
type OutputEnd = Extract<RunEvent, { type: 'output-end' }>;

/** Hears one attempt's events: journals what has ended, and tells readers all of it. */
export interface Recorder {
  hear(event: RunEvent): void;
  tell(event: FollowedEvent): void;
  /** Steps that ended only because the run did: to be written with its end. */
  late: readonly NewEntry[];
  /** The id of the next event. */
  nextId(): number;
  /** Tells the run's end under an id that was taken for it. */
  tellEnd(id: number, event: FollowedEvent): void;
  /** Settles when all that was journaled is stored; false where it is refused, because another attempt has begun. */
  stored(): Promise<boolean>;
}

export interface RecorderParts {
  of: AttemptKey;
  journal: Pick<JournalRepository, 'add'>;
  known: Pick<RunJournal, 'has'>;
  feed: Feed;
  /** Called once, as soon as a write is refused or fails. */
  onLost(error: unknown): void;
}

export function createRecorder({ of, journal, known, feed, onLost }: RecorderParts): Recorder {
  let lastId = firstIdOf(of.attempt) - 1;
  let refused = false;
  let failure: { error: unknown } | undefined;
  const late: NewEntry[] = [];
  const writing = new Set<Promise<boolean>>();

  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const tell = (event: FollowedEvent): void => feed.push({ id: nextId(), event });

  function store(entry: NewEntry): Promise<boolean> {
    const stored = journal.add(of, entry).then(
      (written) => {
        if (!written && !refused) {
          refused = true;
          onLost(undefined);
        }
        return written;
      },
      (error: unknown) => {
        if (failure === undefined && !refused) onLost(error);
        failure ??= { error };
        return false;
      },
    );
    writing.add(stored);
    void stored.then(() => writing.delete(stored));
    return stored;
  }

  function endStep(event: StepEnd): void {
    if (known.has('step', event.scope, event.node)) return;
    const id = nextId();
    const entry: NewEntry = { kind: 'step', scope: event.scope, name: event.node, event: id, record: JSON.stringify(keepStep(event)) };
    // A step that was stopped has not finished: an attempt that goes on would do it anew.
    if (event.status === 'cancelled') {
      late.push(entry);
      feed.push({ id, event });
    } else feed.push({ id, event, stored: store(entry) });
  }

  function endOutput(event: OutputEnd): void {
    if (known.has('output', '', event.output)) return;
    const id = nextId();
    const record: OutputRecord = { value: event.value, complete: event.complete };
    const entry: NewEntry = { kind: 'output', scope: '', name: event.output, event: id, record: JSON.stringify(record) };
    if (event.complete) feed.push({ id, event, stored: store(entry) });
    else {
      late.push(entry);
      feed.push({ id, event });
    }
  }

  return {
    hear(event) {
      if (event.type === 'step-end') endStep(event);
      else if (event.type === 'output-end') endOutput(event);
      else if (event.type === 'run-start') {
        if (of.attempt === 1) feed.push({ id: startEventId, event });
      } else if (event.type === 'step-start') {
        if (!known.has('step', event.scope, event.node)) tell(event);
      } else if (event.type !== 'run-end') tell(event);
    },
    tell,
    late,
    nextId,
    tellEnd: (id, event) => feed.push({ id, event }),
    async stored() {
      await Promise.all(writing);
      if (failure !== undefined) throw failure.error;
      return !refused;
    },
  };
}
