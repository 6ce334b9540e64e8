import { ModelError } from '@patchbay/models';
import { decodeText } from './decode.ts';

/** A body as it arrives: what came and was not read yet, and how it ended. */
export interface Body {
  /** Takes a piece; true where the sender should wait. */
  push(chunk: Uint8Array): boolean;
  /** Nothing more comes: all is there, or a failure says why not. */
  end(failure?: ModelError): void;
  iterate(): AsyncIterator<Uint8Array, undefined>;
  text(encoding: string | undefined): Promise<string>;
}

export interface BodyOptions {
  /** Largest whole body, in bytes. */
  limit: number;
  host: string;
  /** The reader has room again. */
  resume(): void;
  /** The reader left before the end. */
  leave(): void;
}

/** Bytes kept for a slow reader before the sender is told to wait. */
const highWater = 64 * 1024;

export function createBody({ limit, host, resume, leave }: BodyOptions): Body {
  const chunks: Uint8Array[] = [];
  let buffered = 0;
  let total = 0;
  let ended = false;
  let failure: ModelError | undefined;
  let mode: 'stream' | 'text' | 'discard' = 'stream';
  let wake: (() => void) | undefined;

  const arrival = (): Promise<void> =>
    new Promise((done) => {
      wake = done;
    });

  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        buffered -= chunk.length;
        if (buffered < highWater) resume();
        return { done: false, value: chunk };
      }
      if (failure !== undefined) throw failure;
      if (ended) return { done: true, value: undefined };
      await arrival();
    }
  };

  return {
    push: (chunk) => {
      total += chunk.length;
      if (total > limit) throw new ModelError('bad_output', 'response_too_large', { host, limit });
      if (mode === 'discard') return false;
      chunks.push(chunk);
      buffered += chunk.length;
      if (mode === 'stream') wake?.();
      return mode === 'stream' && buffered >= highWater;
    },
    end: (reason) => {
      ended = true;
      failure = reason;
      wake?.();
    },
    iterate: () => ({
      next,
      return: async () => {
        mode = 'discard';
        chunks.length = 0;
        if (!ended) leave();
        return { done: true, value: undefined };
      },
    }),
    text: async (encoding) => {
      mode = 'text';
      resume();
      while (!ended) await arrival();
      if (failure !== undefined) throw failure;
      return decodeText(chunks, encoding, limit);
    },
  };
}
