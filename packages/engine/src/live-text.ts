import { StepError, type TextStream } from '@patchbay/node-kit';

/**
 * The text of one output port while it arrives. Every reader gets all chunks from the first on,
 * however late it comes; listeners are told in the same tick, so the first token waits for nothing.
 */
export interface LiveText extends TextStream {
  push(chunk: string): void;
  end(): void;
  /** The source broke: readers that wait are rejected. */
  fail(): void;
  /** What has arrived so far. */
  joined(): string;
  /** Calls back with what is there already, then with each chunk. */
  listen(onChunk: (chunk: string) => void): void;
}

type State = 'open' | 'ended' | 'failed';

export function createLiveText(): LiveText {
  const chunks: string[] = [];
  const listeners: ((chunk: string) => void)[] = [];
  let state: State = 'open';
  let change: PromiseWithResolvers<void> | undefined;
  let whole = '';
  let joinedTo = 0;

  const joined = (): string => {
    for (; joinedTo < chunks.length; joinedTo += 1) whole += chunks[joinedTo] ?? '';
    return whole;
  };
  const wake = (): void => {
    change?.resolve();
    change = undefined;
  };
  const changed = (): Promise<void> => {
    change ??= Promise.withResolvers<void>();
    return change.promise;
  };
  const close = (to: State): void => {
    if (state !== 'open') return;
    state = to;
    listeners.length = 0;
    wake();
  };

  async function* read(): AsyncGenerator<string> {
    for (let next = 0; ; next += 1) {
      while (next >= chunks.length && state === 'open') await changed();
      const chunk = chunks[next];
      if (chunk !== undefined) yield chunk;
      else if (state === 'failed') throw new StepError('cancelled', 'source_failed');
      else return;
    }
  }

  return {
    isTextStream: true,
    [Symbol.asyncIterator]: read,
    async text() {
      while (state === 'open') await changed();
      if (state === 'failed') throw new StepError('cancelled', 'source_failed');
      return joined();
    },
    push(chunk) {
      if (state !== 'open' || chunk === '') return;
      chunks.push(chunk);
      for (const listener of listeners) listener(chunk);
      wake();
    },
    end: () => close('ended'),
    fail: () => close('failed'),
    joined,
    listen(onChunk) {
      const soFar = joined();
      if (soFar !== '') onChunk(soFar);
      if (state === 'open') listeners.push(onChunk);
    },
  };
}
