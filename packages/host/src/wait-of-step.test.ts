import type { StepHandle, WaitRequest } from '@patchbay/node-kit';
import { expect, test, vi } from 'vitest';
import { rehearsingWait, waitOfStep } from './wait-of-step.ts';

function step() {
  const stop = new AbortController();
  return { stop, handle: { signal: stop.signal } as StepHandle };
}

test('a time is waited for, one that has passed is not', async () => {
  vi.useFakeTimers();
  const { handle } = step();
  const waiting = waitOfStep(handle, { kind: 'time', until: 5_000 }, () => 2_000);
  let came = false;
  void waiting.then(() => {
    came = true;
  });
  await vi.advanceTimersByTimeAsync(2_999);
  expect(came).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await waiting).toEqual({ kind: 'time' });
  const past = waitOfStep(handle, { kind: 'time', until: 1 }, () => 2_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(await past).toEqual({ kind: 'time' });
  vi.useRealTimers();
});

test('stopping ends the wait', async () => {
  const { handle, stop } = step();
  const waiting = waitOfStep(handle, { kind: 'time', until: Date.now() + 1_000_000 }, Date.now);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
});

test('a person has nowhere to answer', async () => {
  const request: WaitRequest = { kind: 'person', message: 'Yes?', fields: [], until: null };
  await expect(waitOfStep(step().handle, request, Date.now)).rejects.toMatchObject({ reason: 'wait_needs_server' });
});

test('a rehearsal waits for nobody, and what has to be allowed is allowed', async () => {
  const { handle } = step();
  expect(await rehearsingWait(handle, { kind: 'time', until: Number.MAX_SAFE_INTEGER })).toEqual({ kind: 'time' });
  const fields: Extract<WaitRequest, { kind: 'person' }>['fields'] = [
    { id: 'allow', title: '', type: 'boolean', required: true },
    { id: 'why', title: '', type: 'text', required: false },
  ];
  expect(await rehearsingWait(handle, { kind: 'person', message: '', fields, until: null })).toEqual({
    kind: 'answered',
    values: { allow: true },
  });
});
