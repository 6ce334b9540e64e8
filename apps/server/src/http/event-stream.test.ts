import type { SentEvent } from '@patchbay/services';
import { expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';

const chunk = (text: string): SentEvent => ({ type: 'output-chunk', output: 'o', order: 0, text }) as SentEvent;
const dataOf = (bytes: Uint8Array | undefined) =>
  [...new TextDecoder().decode(bytes).matchAll(/"text":"([^"]{1,3})/g)].map(([, text]) => text);
const quiet = { onTrouble: () => {} };

test('what comes in one moment is one write, and nothing waits for what comes later', async () => {
  const gate = Promise.withResolvers<void>();
  async function* events(): AsyncGenerator<SentEvent, void> {
    yield chunk('a');
    yield chunk('b');
    await gate.promise;
    yield chunk('c');
  }
  const reader = eventStream(events(), new AbortController(), quiet).body?.getReader();
  expect(dataOf((await reader?.read())?.value)).toEqual(['a', 'b']);
  const next = reader?.read();
  gate.resolve();
  expect(dataOf((await next)?.value)).toEqual(['c']);
  expect((await reader?.read())?.done).toBe(true);
});

test('a reader that does not read holds up the source', async () => {
  let made = 0;
  async function* events(): AsyncGenerator<SentEvent, void> {
    for (;;) {
      made += 1;
      yield chunk('x'.repeat(1_000));
    }
  }
  const reader = eventStream(events(), new AbortController(), quiet).body?.getReader();
  await reader?.read();
  const first = made;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(made).toBe(first);
  expect(first).toBeLessThan(20);
  await reader?.cancel();
});

test('an error after events of the same moment comes after them', async () => {
  const troubles: unknown[] = [];
  async function* events(): AsyncGenerator<SentEvent, void> {
    yield chunk('a');
    throw new Error('broken');
  }
  const reader = eventStream(events(), new AbortController(), { onTrouble: (_, error) => troubles.push(error) }).body?.getReader();
  expect(dataOf((await reader?.read())?.value)).toEqual(['a']);
  await expect(reader?.read()).rejects.toThrow('the stream broke off');
  expect(troubles).toHaveLength(1);
});
