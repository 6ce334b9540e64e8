import type { Deps, NumberedEvent, SentEvent, SentFollowed } from '@patchbay/services';
import { apiHeaders } from './headers.ts';

const streamHeaders = {
  ...apiHeaders,
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  // Proxies would otherwise collect the stream before they pass it on.
  'X-Accel-Buffering': 'no',
};

/** Comments keep idle connections open through proxies that close silent ones. */
const keepAliveMs = 15_000;
const encoder = new TextEncoder();
/** Events that come in one moment are one write, up to so many characters. */
const mostAtOnce = 16_384;

/** True where the caller asks for a stream of events. */
export const wantsStream = (accept: string | undefined): boolean => accept?.includes('text/event-stream') === true;

/**
 * Events as server-sent events. The next one is taken only when the socket has room; a caller that leaves aborts `leave`,
 * which ends the run.
 */
export function eventStream(events: AsyncGenerator<SentEvent, void>, leave: AbortController, deps: Pick<Deps, 'onTrouble'>): Response {
  let id = 0;
  const format = (event: SentEvent): string => {
    id += 1;
    return formatEvent(event, id);
  };
  return stream(events, leave, { ...deps, format });
}

/** The same for events that bring their own ids: a reader that comes back says the last one it knows. */
export const followStream = (
  events: AsyncGenerator<NumberedEvent, void>,
  leave: AbortController,
  options: Pick<Deps, 'onTrouble'> & { headers?: Record<string, string> },
): Response => stream(events, leave, { ...options, format: ({ event, id }) => formatEvent(event, id) });

interface StreamOptions<Item> extends Pick<Deps, 'onTrouble'> {
  format(item: Item): string;
  headers?: Record<string, string>;
}

function stream<Item>(
  events: AsyncGenerator<Item, void>,
  leave: AbortController,
  { onTrouble, format, headers }: StreamOptions<Item>,
): Response {
  let keepAlive: ReturnType<typeof setInterval> | undefined;
  const end = () => clearInterval(keepAlive);
  let coming: Promise<IteratorResult<Item, void>> | undefined;

  /** What there is to say, as soon as there is something; undefined at the end. */
  async function take(): Promise<string | undefined> {
    let text = '';
    for (;;) {
      coming ??= events.next();
      const next = text === '' ? await coming : await ifAtOnce(coming);
      if (next === undefined) return text;
      if (next.done === true) return text === '' ? undefined : text;
      coming = undefined;
      text += format(next.value);
      if (text.length >= mostAtOnce) return text;
    }
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        keepAlive = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), keepAliveMs);
        keepAlive.unref();
      },
      async pull(controller) {
        try {
          const text = await take();
          if (text !== undefined) {
            controller.enqueue(encoder.encode(text));
            return;
          }
          controller.close();
        } catch (error) {
          onTrouble('event_stream', error);
          // Its message would be sent to the caller and hold who knows what.
          controller.error(new Error('the stream broke off'));
        }
        end();
      },
      async cancel() {
        end();
        leave.abort('caller_left');
        await events.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: headers === undefined ? streamHeaders : { ...streamHeaders, ...headers } });
}

/** What comes before this turn of the event loop is over. An error is left to whoever asks next: what came before it is said first. */
const ifAtOnce = <Value>(coming: Promise<Value>): Promise<Value | undefined> =>
  Promise.race([coming.catch(() => undefined), new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);

/** JSON has no raw line breaks, so an event is always three lines. */
const formatEvent = (event: SentFollowed, id: number): string => {
  const { type, ...data } = event;
  return `event: ${type}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
};
