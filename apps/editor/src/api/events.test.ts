import { expect, test } from 'vitest';
import { readEvents, type ServerEvent } from './events.ts';

function streamOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function read(text: string, size = 1_000): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(streamOf(new TextEncoder().encode(text), size))) events.push(event);
  return events;
}

const text =
  ': hello\n\nevent: run-start\nid: 1\ndata: {"run":"r"}\n\nevent: step-chunk\r\nid: 2\r\ndata: 你好 🌍\r\n\r\ndata: a\ndata: b\n\n';
const expected = [
  { event: 'run-start', id: '1', data: '{"run":"r"}' },
  { event: 'step-chunk', id: '2', data: '你好 🌍' },
  { event: 'message', id: '2', data: 'a\nb' },
];

test('events are read whole, comments and all line ends understood', async () => {
  expect(await read(text)).toEqual(expected);
});

test.each([1, 2, 3, 5, 7])('cut into pieces of %i bytes, through characters and line ends, nothing changes', async (size) => {
  expect(await read(text, size)).toEqual(expected);
});

test('an event without its blank line at the end of the stream is dropped', async () => {
  expect(await read('event: run-end\ndata: {}\n\nevent: half\ndata: x')).toEqual([{ event: 'run-end', id: '', data: '{}' }]);
});
