import type { Json } from '@patchbay/flow';
import type { RunEvent } from '@patchbay/node-kit';
import type { Plan } from './plan.ts';
import type { RunOptions } from './run-state.ts';
import { startRun } from './start-run.ts';

/** So many events may wait for the reader before sources are asked to wait. */
export const eventBuffer = 64;

/**
 * A run as a stream of events; `run-end` is the last. A slow reader slows the sources down.
 * Leaving the iteration early cancels the run.
 */
export async function* runFlow(
  plan: Plan,
  inputs: Readonly<Record<string, Json>>,
  options: Omit<RunOptions, 'onEvent' | 'ready'>,
): AsyncGenerator<RunEvent, void> {
  let waiting: RunEvent[] = [];
  let arrived = Promise.withResolvers<void>();
  let room: PromiseWithResolvers<void> | undefined;
  const run = startRun(plan, inputs, {
    ...options,
    onEvent: (event) => {
      waiting.push(event);
      arrived.resolve();
    },
    ready: () => {
      if (waiting.length < eventBuffer) return undefined;
      room ??= Promise.withResolvers<void>();
      return room.promise;
    },
  });
  try {
    for (;;) {
      await arrived.promise;
      const batch = waiting;
      waiting = [];
      arrived = Promise.withResolvers<void>();
      room?.resolve();
      room = undefined;
      for (const event of batch) {
        yield event;
        if (event.type === 'run-end') return;
      }
    }
  } finally {
    room?.resolve();
    run.cancel('caller_left');
  }
}
