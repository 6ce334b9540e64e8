import type { RunEvent } from '@patchbay/node-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyRunEvents, idleRun, startRun } from './run-state.ts';
import { testStore } from './testing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = { scope: '', atMs: 1 };
const usage = { calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 0, estimated: false };
const events: RunEvent[] = [
  { type: 'run-start', run: 'r1', at: 1_000 },
  { type: 'step-start', node: 'reply', ...at },
  { type: 'step-chunk', node: 'reply', scope: '', port: 'text', text: 'Hel' },
  { type: 'step-chunk', node: 'reply', scope: '', port: 'text', text: 'lo' },
  { type: 'output-chunk', output: 'reply', text: 'Hello' },
  { type: 'step-end', node: 'reply', status: 'succeeded', durationMs: 5, outputs: { text: 'Hello' }, simulated: true, usage, ...at },
  { type: 'step-end', node: 'draft', status: 'skipped', durationMs: 0, reason: { code: 'branch', node: 'sort', port: 'yes' }, ...at },
  { type: 'output-end', output: 'reply', value: 'Hello', complete: true },
  { type: 'run-end', status: 'succeeded', outputs: { reply: 'Hello' }, usage, simulated: true, durationMs: 9 },
];

test('events make the state of steps, outputs and the run', () => {
  const streaming = applyRunEvents(idleRun, events.slice(0, 5));
  expect(streaming).toMatchObject({ phase: 'running', id: 'r1', steps: { reply: { status: 'streaming', text: { text: 'Hello' } } } });
  const ended = applyRunEvents(streaming, events.slice(5));
  expect(ended.steps['reply']).toMatchObject({ status: 'succeeded', outputs: { text: 'Hello' }, simulated: true, durationMs: 5 });
  expect(ended.steps['draft']).toMatchObject({ status: 'skipped', reason: { node: 'sort', port: 'yes' } });
  expect(ended.outputs['reply']).toEqual({ text: 'Hello', value: 'Hello', complete: true });
  expect(ended).toMatchObject({ phase: 'ended', result: { status: 'succeeded' } });
});

test('the state before is left as it was, and unnamed steps stay the same objects', () => {
  const first = applyRunEvents(idleRun, events.slice(0, 3));
  const other = applyRunEvents(first, [{ type: 'step-start', node: 'draft', ...at }]);
  expect(other.steps['reply']).toBe(first.steps['reply']);
  applyRunEvents(first, events.slice(3, 4));
  expect(first.steps['reply']?.text).toEqual({ text: 'Hel' });
});

test('a retry is shown until the step ends', () => {
  const error = { class: 'rate_limited', reason: 'x', params: {} } as const;
  const retried = applyRunEvents(idleRun, [
    ...events.slice(0, 2),
    { type: 'step-retry', node: 'reply', scope: '', attempt: 2, delayMs: 50, error },
  ]);
  expect(retried.steps['reply']?.retry).toEqual({ attempt: 2, delayMs: 50 });
  expect(applyRunEvents(retried, events.slice(5, 6)).steps['reply']?.retry).toBeUndefined();
});

test('what still ran when the run ended is stopped, never left running', () => {
  const cut = applyRunEvents(idleRun, [...events.slice(0, 3), events.at(-1) as RunEvent]);
  expect(cut.steps['reply']?.status).toBe('cancelled');
  expect(cut.steps['reply']?.text).toEqual({ text: 'Hel' });
});

test('a run begins with every step queued, notes excepted, and events reach the store in batches', () => {
  const store = testStore();
  store.command({ key: 'x' }, (draft) => {
    draft.nodes['remark'] = { type: 'note', config: {} };
  });
  const sink = startRun(store);
  expect(Object.keys(store.getState().run.steps)).toEqual(['ticket', 'draft', 'reply', 'answer']);
  let renders = 0;
  const stop = store.subscribe(() => (renders += 1));
  for (const event of events) sink.push(event);
  expect(renders).toBe(0);
  vi.advanceTimersByTime(60);
  expect(renders).toBe(1);
  expect(store.getState().run.phase).toBe('ended');
  stop();
  store.dispose();
});

test('events of a run that another has replaced are dropped', () => {
  const store = testStore();
  const old = startRun(store);
  const next = startRun(store);
  for (const event of events) old.push(event);
  vi.advanceTimersByTime(60);
  expect(store.getState().run.phase).toBe('running');
  next.fail('The server went away.');
  expect(store.getState().run).toMatchObject({ phase: 'ended', failure: 'The server went away.', steps: {} });
  store.dispose();
});
