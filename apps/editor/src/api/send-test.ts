import type { Json } from '@patchbay/flow';
import { readEvents } from './events.ts';

/** What a test request gives, as it arrives. */
export interface TestReply {
  status: number;
  milliseconds: number;
  /** The raw body, or the events one a line. */
  text: string;
  done: boolean;
}

/** Calls a published endpoint as any caller would: with the key and nothing else. Streams. */
export async function* sendTest(path: string, key: string, inputs: Record<string, Json>, signal: AbortSignal): AsyncGenerator<TestReply> {
  const began = performance.now();
  const response = await fetch(path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ inputs }),
    credentials: 'omit',
    signal,
  });
  const reply = (text: string, done: boolean): TestReply => ({
    status: response.status,
    milliseconds: performance.now() - began,
    text,
    done,
  });
  const streams = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
  if (!streams || response.body === null) {
    yield reply(await response.text(), true);
    return;
  }
  let text = '';
  for await (const event of readEvents(response.body)) {
    text += `${event.event} ${event.data}\n`;
    yield reply(text, false);
  }
  yield reply(text, true);
}
