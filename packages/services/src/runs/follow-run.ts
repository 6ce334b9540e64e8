import type { RunRow } from '@patchbay/db';
import type { Ctx } from '../context.ts';
import type { Feed, FeedEvent } from '../dispatcher/feed.ts';
import { startEventId } from '../dispatcher/followed-event.ts';
import { eventsOf } from '../dispatcher/run-journal.ts';
import type { RunSource } from '../resources.ts';
import { ServiceError } from '../service-error.ts';
import { findCallersRun } from './find-run.ts';
import { readDetail } from './record-run.ts';
import { resultOfRow } from './run-state.ts';
import { isUnfinished } from './run-status.ts';
import { type SentFollowed, sentEvent } from './sent-event.ts';

/** An event with the id it keeps for ever. */
export interface NumberedEvent {
  id: number;
  event: SentFollowed;
}

export interface Following {
  id: string;
  /** The last event the reader knows, as it came in `Last-Event-ID`. */
  lastEventId?: string | undefined;
}

/** The events of a run after the one its reader knows, to its end: what is stored first, then what comes. */
export async function followRun(
  { ctx, input }: { ctx: Ctx; input: Following },
  signal: AbortSignal,
): Promise<AsyncGenerator<NumberedEvent, void>> {
  const after = readEventId(input.lastEventId);
  const { source } = await findCallersRun(ctx, input.id);
  return follow(ctx, { id: input.id, source: source as RunSource, after }, signal);
}

/** The same for a run that its starter follows from the beginning. */
export const followOwnRun = (ctx: Ctx, id: string, source: RunSource, signal: AbortSignal): AsyncGenerator<NumberedEvent, void> =>
  follow(ctx, { id, source, after: 0 }, signal);

function readEventId(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^\d{1,15}$/.test(text)) throw new ServiceError('invalid_input', 'event_id_invalid');
  return Number(text);
}

async function* follow(
  ctx: Ctx,
  { id, source, after }: { id: string; source: RunSource; after: number },
  signal: AbortSignal,
): AsyncGenerator<NumberedEvent, void> {
  const { dispatcher } = ctx.deps;
  // Before the store is read, so that nothing falls between what is stored and what comes.
  const feed = dispatcher.follow(id);
  signal.addEventListener('abort', feed.wake, { once: true });
  try {
    for await (const { id: eventId, event } of allEvents(ctx, id, feed, after, signal)) {
      const sent = sentEvent(event, source, ctx.locale);
      if (sent !== undefined) yield { id: eventId, event: sent };
    }
  } finally {
    signal.removeEventListener('abort', feed.wake);
    dispatcher.unfollow(id);
  }
}

async function* allEvents(ctx: Ctx, id: string, feed: Feed, after: number, signal: AbortSignal): AsyncGenerator<FeedEvent, void> {
  let last = after;
  const stored = await storedEvents(ctx, id);
  for (const event of stored) {
    // What this process executes it tells itself, with all that is between the ends.
    if (event.id <= last || (feed.base !== undefined && event.id > feed.base && event.event.type !== 'run-end')) continue;
    if (event.event.type === 'run-end' && feed.base !== undefined) break;
    last = event.id;
    yield event;
  }
  if (stored.at(-1)?.event.type === 'run-end' && feed.base === undefined) return;
  for (;;) {
    const event = await feed.next(last, signal);
    if (event === undefined) return;
    last = event.id;
    yield event;
    if (event.event.type === 'run-end') return;
  }
}

async function storedEvents({ deps, workspaceId }: Ctx, id: string): Promise<FeedEvent[]> {
  const { journal, runs } = deps.database;
  const durable = await journal.read(workspaceId, id);
  if (durable === undefined) {
    const row = await runs.read(workspaceId, id);
    return row === undefined ? [] : eventsOfDirectRun(row);
  }
  const { run, attempt, endEvent } = durable;
  if (attempt === 0) return [];
  const events: FeedEvent[] = [startOf(run), ...eventsOf(await journal.entries(workspaceId, id))];
  if (!isUnfinished(run.status) && endEvent !== null) events.push({ id: endEvent, event: { type: 'run-end', ...resultOfRow(run, 0) } });
  return events;
}

const startOf = (run: RunRow): FeedEvent => ({ id: startEventId, event: { type: 'run-start', run: run.id, at: run.startedAt } });

/** A run whose caller waited for it, told again from its one row. */
function eventsOfDirectRun(run: RunRow): FeedEvent[] {
  const { outputs, steps = [] } = readDetail(run.detail);
  const events: FeedEvent['event'][] = [
    ...steps.map(({ scope = '', ...step }) => ({ type: 'step-end' as const, ...step, scope })),
    ...Object.entries(outputs).map(([output, value]) => ({ type: 'output-end' as const, output, value, complete: true })),
    { type: 'run-end', ...resultOfRow(run, 0) },
  ];
  return [startOf(run), ...events.map((event, at) => ({ id: at + 2, event }))];
}
