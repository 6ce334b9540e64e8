/** One event of a `text/event-stream`. */
export interface ServerEvent {
  event: string;
  id: string;
  data: string;
}

/** Longest line that is read, in UTF-16 units; a longer one ends the stream. */
const longestLine = 8 * 1024 * 1024;

/** Reads an event stream as the HTML standard has it: LF, CR or CRLF, comments skipped, data lines joined. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  let next: ServerEvent = { event: 'message', id: '', data: '' };
  let hasData = false;
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (hasData) yield next;
      next = { event: 'message', id: next.id, data: '' };
      hasData = false;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'event') next.event = value;
    else if (name === 'id') next.id = value;
    else if (name === 'data') {
      next.data = hasData ? `${next.data}\n${value}` : value;
      hasData = true;
    }
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    while (true) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the end may be half of a CRLF: it waits for what follows.
      const until = done ? rest.length : rest.length - (rest.endsWith('\r') ? 1 : 0);
      const lines = rest.slice(0, until).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + rest.slice(until);
      yield* lines;
      if (done) return;
      if (rest.length > longestLine) throw new Error('a line of the event stream is too long');
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
