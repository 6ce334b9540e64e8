import { expect, test } from 'vitest';
import { createFeeds, type Feed, type FeedEvent } from './feed.ts';

const never = new AbortController().signal;
const piece = (id: number): FeedEvent => ({ id, event: { type: 'output-chunk', output: 'o', text: String(id) } });
const end = (id: number, stored?: Promise<boolean>): FeedEvent => ({
  id,
  event: { type: 'output-end', output: 'o', value: 'x', complete: true },
  stored,
});

async function idsAfter(feed: Feed, after: number): Promise<number[]> {
  const ids: number[] = [];
  for (let last = after; ; ) {
    const event = await feed.next(last, never);
    if (event === undefined) return ids;
    last = event.id;
    ids.push(event.id);
  }
}

test('every reader gets every event after the one it knows, whenever it comes', async () => {
  const feed = createFeeds().join('run_1', false);
  feed.push(piece(1));
  const early = idsAfter(feed, 0);
  const late = idsAfter(feed, 2);
  feed.push(piece(2));
  feed.push(end(3));
  await Promise.resolve();
  feed.push(piece(4));
  feed.end(true);
  expect(await early).toEqual([1, 2, 3, 4]);
  expect(await late).toEqual([3, 4]);
});

test('nobody is told what is not stored yet', async () => {
  const feed = createFeeds().join('run_1', false);
  const stored = Promise.withResolvers<boolean>();
  feed.push(end(1, stored.promise));
  feed.push(end(2, Promise.resolve(true)));
  let told = false;
  const next = feed.next(0, never).then((event) => {
    told = true;
    return event?.id;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(false);
  stored.resolve(false);
  // What never came into the journal is passed over.
  expect(await next).toBe(2);
});

test('a reader that is far behind loses pieces of text, never an end', async () => {
  const feed = createFeeds().join('run_1', false);
  feed.push(end(1));
  for (let id = 2; id <= 10_000; id += 1) feed.push(piece(id));
  feed.push(end(10_001));
  feed.end(true);
  const ids = await idsAfter(feed, 0);
  expect(ids[0]).toBe(1);
  expect(ids.at(-1)).toBe(10_001);
  expect(ids.length).toBeLessThan(4_100);
  expect(ids).toContain(10_000);
});

test('a reader that stops is let go, and the last to leave takes the feed along', async () => {
  const feeds = createFeeds();
  const feed = feeds.join('run_1', true);
  expect(feed.followed).toBe(true);
  const stop = new AbortController();
  const next = feed.next(0, stop.signal);
  stop.abort();
  feed.wake();
  expect(await next).toBeUndefined();
  expect(feeds.join('run_1', false)).toBe(feed);
  feeds.leave('run_1', true);
  expect(feed.followed).toBe(false);
  feeds.leave('run_1', false);
  feeds.leave('run_1', false);
  expect(feeds.size()).toBe(0);
});

test('stopping lets readers of idle runs go at once, of running ones when their executor is done', async () => {
  const feeds = createFeeds();
  const idle = feeds.join('idle', true);
  const busy = feeds.join('busy', true);
  feeds.join('busy', false);
  const idleEnd = idle.next(0, never);
  const busyNext = busy.next(0, never);
  feeds.stop();
  expect(await idleEnd).toBeUndefined();
  busy.push(piece(1));
  expect((await busyNext)?.id).toBe(1);
  const busyEnd = busy.next(1, never);
  feeds.leave('busy', false);
  expect(await busyEnd).toBeUndefined();
  expect(await feeds.join('later', true).next(0, never)).toBeUndefined();
});
