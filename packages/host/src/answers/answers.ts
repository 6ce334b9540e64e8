import type { ChatResult } from '@patchbay/models';
import { LRUCache } from 'lru-cache';
import { errorOfSignal } from '../outbound/errors.ts';

/** Where kept answers outlive the process. What it throws is trouble, never a failed call. */
export interface AnswerStore {
  /** The answer as it was written, if it is there and not too old. */
  read(workspaceId: string, key: string, now: number): Promise<StoredAnswer | undefined>;
  write(workspaceId: string, key: string, stored: StoredAnswer): Promise<void>;
}
export interface StoredAnswer {
  /** JSON of a ChatResult. */
  answer: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface AnswersOptions {
  store?: AnswerStore | undefined;
  now: () => number;
  onTrouble?: ((code: string, error: unknown) => void) | undefined;
}

export interface AnswerPlace {
  workspaceId: string;
  key: string;
  signal: AbortSignal;
}

/** An answer that is known, or the right and duty to make it. */
export type Taken =
  | { known: ChatResult }
  | {
      known?: undefined;
      /** Ends the duty: with the answer and how long it is good, or with nothing where it failed or broke off. */
      keep(answer?: ChatResult, ttlMs?: number): void;
    };

/** Answers of models that may be given again. Equal calls at once are one call: the others wait for its answer. */
export interface Answers {
  take(place: AnswerPlace): Promise<Taken>;
  /** The duty without a look: what is known was not good enough. */
  renew(place: AnswerPlace): Taken & { known?: undefined };
}

/** In UTF-16 units: a longer answer is not kept, and all in memory together are at most so long. */
const longestAnswer = 512 * 1024;
const memoryLimit = 16 * 1024 * 1024;

export function createAnswers({ store, now, onTrouble = () => {} }: AnswersOptions): Answers {
  const memory = new LRUCache<string, StoredAnswer>({
    maxSize: memoryLimit,
    sizeCalculation: ({ answer }, key) => answer.length + key.length + 64,
  });
  const making = new Map<string, Promise<void>>();

  const near = ({ key }: AnswerPlace): ChatResult | undefined => {
    const stored = memory.get(key);
    return stored !== undefined && stored.expiresAt > now() ? parse(stored) : undefined;
  };
  const far = async ({ workspaceId, key }: AnswerPlace): Promise<ChatResult | undefined> => {
    try {
      const stored = await store?.read(workspaceId, key, now());
      if (stored === undefined) return undefined;
      memory.set(key, stored);
      return parse(stored);
    } catch (error) {
      onTrouble('answer_read', error);
      return undefined;
    }
  };

  const write = ({ workspaceId, key }: AnswerPlace, answer: ChatResult, ttlMs: number): void => {
    const stored = { answer: JSON.stringify(answer), expiresAt: now() + ttlMs };
    if (stored.answer.length > longestAnswer) return;
    memory.set(key, stored);
    store?.write(workspaceId, key, stored).catch((error: unknown) => onTrouble('answer_write', error));
  };

  const renew: Answers['renew'] = (place) => ({
    keep: (answer, ttlMs = 0) => {
      // Only what ended by itself: an answer cut off at its longest would be cut off for as long as it is kept.
      if (answer?.finishReason === 'stop' && ttlMs > 0) write(place, answer, ttlMs);
    },
  });

  const lead = (place: AnswerPlace): Taken => {
    const { promise, resolve } = Promise.withResolvers<void>();
    making.set(place.key, promise);
    const { keep } = renew(place);
    let open = true;
    return {
      keep: (answer, ttlMs) => {
        if (!open) return;
        open = false;
        keep(answer, ttlMs);
        making.delete(place.key);
        resolve();
      },
    };
  };

  return {
    renew,
    async take(place) {
      for (;;) {
        const other = making.get(place.key);
        if (other !== undefined) {
          await orStopped(other, place.signal);
          continue;
        }
        // Looked for near once more after the far look: what was made meanwhile is there.
        const known = near(place) ?? (await far(place)) ?? near(place);
        if (known !== undefined) return { known };
        if (!making.has(place.key)) return lead(place);
      }
    },
  };
}

const parse = ({ answer }: StoredAnswer): ChatResult => JSON.parse(answer) as ChatResult;

function orStopped(waited: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(errorOfSignal(signal));
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(errorOfSignal(signal));
    signal.addEventListener('abort', giveUp, { once: true });
    void waited.then(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
  });
}
