import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftPlace } from './drafts-kept.ts';
import type { KeptDraft } from './keeper.ts';
import { sampleFlow } from './testing.ts';

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.useRealTimers();
});

const draft = (name: string): KeptDraft => ({ base: sampleFlow(), etag: '"1"', flow: { ...sampleFlow(), name } });
const place = (id: string, ...open: string[]) => draftPlace(localStorage, 'f', { id, open: new Set([id, ...open]) });

test('a tab neither sees nor drops the draft of another that is open', () => {
  place('a', 'b').put(draft('From A'));
  const b = place('b', 'a');
  expect(b.read()).toBeUndefined();
  b.put(draft('From B'));
  b.drop();
  expect(place('a', 'b').read()?.flow.name).toBe('From A');
});

test('what a closed tab left is taken over once, by the next tab that opens the flow', () => {
  place('a').put(draft('From A'));
  expect(place('b').read()?.flow.name).toBe('From A');
  expect(place('c', 'b').read()).toBeUndefined();
  expect(place('b', 'c').read()?.flow.name).toBe('From A');
});

test('several drafts left behind wait for one another, the newest first; none is lost', () => {
  vi.useFakeTimers();
  place('a', 'b').put(draft('Older'));
  vi.advanceTimersByTime(1_000);
  place('b', 'a').put(draft('Newer'));
  const c = place('c');
  expect(c.read()?.flow.name).toBe('Newer');
  c.drop();
  expect(c.read()?.flow.name).toBe('Older');
});

test('drafts of other flows are not looked at', () => {
  draftPlace(localStorage, 'f2', { id: 'a', open: new Set() }).put(draft('Other'));
  expect(place('b').read()).toBeUndefined();
});

test('where open tabs are not known, a draft is left alone until nobody touched it for two minutes', () => {
  vi.useFakeTimers();
  draftPlace(localStorage, 'f', { id: 'a' }).put(draft('From A'));
  expect(draftPlace(localStorage, 'f', { id: 'b' }).read()).toBeUndefined();
  vi.advanceTimersByTime(121_000);
  expect(draftPlace(localStorage, 'f', { id: 'b' }).read()?.flow.name).toBe('From A');
});
