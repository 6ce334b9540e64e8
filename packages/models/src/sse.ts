import { ModelError } from './errors.ts';

/** Longest line of an event stream, in UTF-16 units: 1 MiB. */
export const sseLineLimit = 1024 * 1024;

export interface SseReader {
  /** Takes bytes as they come; gives the data of every event that is complete with them. */
  push(bytes: Uint8Array): string[];
  /** The data of an event that the end of the stream completes. */
  end(): string[];
}

/**
 * Reads an event stream (WHATWG HTML, 9.2.6): only `data` matters to us; several lines of one event are joined.
 * A character torn between two pieces comes out whole. A line over the limit throws `bad_output`.
 */
export function parseSse(lineLimit = sseLineLimit): SseReader {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string | undefined;
  let failure: ModelError | undefined;

  const fail = (): void => {
    failure = new ModelError('bad_output', 'line_too_long', { limit: lineLimit });
    rest = '';
  };

  const take = (line: string, events: string[]): void => {
    if (line === '') {
      if (data !== undefined) events.push(data);
      data = undefined;
    } else if (line.startsWith('data:')) {
      const value = line.charCodeAt(5) === 0x20 ? line.slice(6) : line.slice(5);
      data = data === undefined ? value : `${data}\n${value}`;
      if (data.length > lineLimit) fail();
    }
  };

  const read = (text: string): string[] => {
    if (failure !== undefined) throw failure;
    const events: string[] = [];
    const buffer = rest === '' ? text : rest + text;
    let from = 0;
    for (let at = buffer.indexOf('\n'); at !== -1; at = buffer.indexOf('\n', from)) {
      take(buffer.slice(from, buffer.charCodeAt(at - 1) === 0x0d && at > from ? at - 1 : at), events);
      from = at + 1;
    }
    rest = from === 0 ? buffer : buffer.slice(from);
    if (rest.length > lineLimit) fail();
    // What came before the long line is still handed out; the failure is told with the next piece.
    if (failure !== undefined && events.length === 0) throw failure;
    return events;
  };

  return {
    push: (bytes) => read(decoder.decode(bytes, { stream: true })),
    end: () => read(`${decoder.decode()}\n\n`),
  };
}
