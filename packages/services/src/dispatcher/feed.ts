import type { FollowedEvent } from './followed-event.ts';

/** An event of a durable run with its id. Ids count up, over restarts too. */
export interface FeedEvent {
  id: number;
  event: FollowedEvent;
  /** Settles when the journal holds it, false where it never will: nobody is told what a crash could take back. */
  stored?: Promise<boolean> | undefined;
}

/** The events of one durable run in this process: one who executes writes, any number of readers follow. */
export interface Feed {
  /** Events up to this id are in the journal only; undefined while nobody executes the run. */
  readonly base: number | undefined;
  /** True when somebody reads along. */
  readonly followed: boolean;
  begin(base: number): void;
  push(event: FeedEvent): void;
  /** Nobody executes any more; `over` where nothing will ever come. */
  end(over: boolean): void;
  /** Has readers look again, since one of them wants to stop. */
  wake(): void;
  /** The first event after the id, when it comes and is stored; undefined when nothing will come or the reader stops. */
  next(after: number, signal: AbortSignal): Promise<FeedEvent | undefined>;
}

/** Text on its way is kept for readers that are behind, up to so many pieces; the whole text comes with its end. */
const keptPieces = 4_000;

const isPiece = ({ event: { type } }: FeedEvent): boolean => type === 'step-chunk' || type === 'output-chunk';

export interface Feeds {
  /** The run's feed, made where there is none. Each `join` needs one `leave`. */
  join(runId: string, reads: boolean): Feed;
  leave(runId: string, reads: boolean): void;
  /** Ends the readers of runs that nobody executes, and from now on of all others when their executor is done. */
  stop(): void;
  size(): number;
}

interface Held {
  feed: Feed;
  readers: number;
  writers: number;
}

export function createFeeds(): Feeds {
  const held = new Map<string, Held>();
  let stopping = false;
  return {
    join(runId, reads) {
      const one: Held = held.get(runId) ?? { feed: createFeed(() => one.readers > 0), readers: 0, writers: 0 };
      held.set(runId, one);
      if (reads) one.readers += 1;
      else one.writers += 1;
      if (stopping && one.writers === 0) one.feed.end(true);
      return one.feed;
    },
    leave(runId, reads) {
      const one = held.get(runId);
      if (one === undefined) return;
      if (reads) one.readers -= 1;
      else one.writers -= 1;
      if (one.writers === 0 && stopping) one.feed.end(true);
      if (one.readers === 0 && one.writers === 0) held.delete(runId);
    },
    stop() {
      stopping = true;
      for (const { feed, writers } of held.values()) if (writers === 0) feed.end(true);
    },
    size: () => held.size,
  };
}

function createFeed(followed: () => boolean): Feed {
  let events: FeedEvent[] = [];
  let pieces = 0;
  let base: number | undefined;
  let over = false;
  let arrived = Promise.withResolvers<void>();

  function wake(): void {
    arrived.resolve();
    arrived = Promise.withResolvers<void>();
  }

  /** The oldest half of the pieces goes: who reads that slowly gets the whole text at its end. */
  function trim(): void {
    let drop = pieces / 2;
    events = events.filter((event) => {
      if (drop <= 0 || !isPiece(event)) return true;
      drop -= 1;
      pieces -= 1;
      return false;
    });
  }

  return {
    get base() {
      return base;
    },
    get followed() {
      return followed();
    },
    begin(from) {
      base = from;
    },
    push(event) {
      events.push(event);
      if (isPiece(event)) pieces += 1;
      if (pieces > keptPieces) trim();
      wake();
    },
    end(isOver) {
      over ||= isOver;
      wake();
    },
    wake,
    async next(after, signal) {
      for (let last = after; ; ) {
        const found = events[firstAfter(events, last)];
        if (found !== undefined) {
          if (found.stored === undefined || (await found.stored)) return found;
          last = found.id;
          continue;
        }
        if (over || signal.aborted) return undefined;
        await arrived.promise;
      }
    },
  };
}

function firstAfter(events: readonly FeedEvent[], id: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.id ?? 0) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}
