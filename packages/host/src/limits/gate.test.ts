import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGate, type Leave } from './gate.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('whoever finds room is inside at once; the others follow in order', async () => {
  const gate = createGate({ name: 'test', most: 2, waiting: 10 });
  const first = gate.enter('a');
  const second = gate.enter('a');
  expect([first, second].map((given) => typeof given)).toEqual(['function', 'function']);
  const order: number[] = [];
  const later = [3, 4].map((turn) => Promise.resolve(gate.enter('a')).then((leave) => [order.push(turn), leave] as const));
  await settle();
  expect(order).toEqual([]);
  expect(gate.count('a')).toEqual({ inside: 2, waiting: 2 });
  (second as Leave)();
  await settle();
  expect(order).toEqual([3]);
  (second as Leave)();
  await settle();
  expect(order).toEqual([3]);
  (first as Leave)();
  for (const one of later) (await one)[1]();
  expect(order).toEqual([3, 4]);
  expect(gate.count('a')).toEqual({ inside: 0, waiting: 0 });
});

test('keys do not stand in each other’s way, and a key may have its own limit', async () => {
  const gate = createGate({ name: 'test', most: 1, waiting: 0 });
  expect(typeof gate.enter('a')).toBe('function');
  expect(typeof gate.enter('b')).toBe('function');
  await expect(gate.enter('b')).rejects.toMatchObject({ params: { limit: 1 } });
  expect(typeof gate.enter('b', undefined, 2)).toBe('function');
});

test('when too many wait the next is refused, with a time to come again', async () => {
  const gate = createGate({ name: 'model_calls', most: 1, waiting: 1 });
  gate.enter('a');
  void gate.enter('a');
  await expect(gate.enter('a')).rejects.toMatchObject({
    errorClass: 'rate_limited',
    reason: 'too_many',
    params: { gate: 'model_calls', limit: 1 },
    retryAfterMs: 1_000,
  });
});

test('who gives up waiting is out of the queue, and who is stopped already never enters', async () => {
  const gate = createGate({ name: 'test', most: 1, waiting: 5 });
  const leave = gate.enter('a') as Leave;
  const stopping = new AbortController();
  const waiting = gate.enter('a', stopping.signal);
  const patient = gate.enter('a');
  stopping.abort();
  await expect(waiting).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect(gate.count('a').waiting).toBe(1);
  leave();
  ((await patient) as Leave)();
  await expect(gate.enter('a', stopping.signal)).rejects.toMatchObject({ errorClass: 'cancelled' });
  expect(gate.count('a')).toEqual({ inside: 0, waiting: 0 });
});

test('whatever the order of coming, leaving and giving up, never more are inside than may be, and nobody is forgotten', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.constantFrom('come', 'leave', 'giveUp'), { maxLength: 60 }),
      async (most, acts) => {
        const gate = createGate({ name: 'test', most, waiting: 1_000 });
        const inside: Leave[] = [];
        const open = new Set<AbortController>();
        for (const act of acts) {
          if (act === 'leave') inside.shift()?.();
          else if (act === 'giveUp') [...open][0]?.abort();
          else {
            const stop = new AbortController();
            open.add(stop);
            Promise.resolve(gate.enter('k', stop.signal)).then(
              (leave) => {
                open.delete(stop);
                inside.push(leave);
              },
              () => open.delete(stop),
            );
          }
          await settle();
          expect(inside.length).toBe(gate.count('k').inside);
          expect(inside.length).toBeLessThanOrEqual(most);
          expect(gate.count('k').waiting === 0 || inside.length === most).toBe(true);
        }
        while (inside.length > 0) {
          inside.shift()?.();
          await settle();
        }
        expect(gate.count('k')).toEqual({ inside: 0, waiting: 0 });
      },
    ),
    { numRuns: 200 },
  );
});
