import { ModelError } from '@patchbay/models';

/** One key of several, by its place; the ring itself never sees the key. */
export interface KeyRing {
  /**
   * The place of the key to call with: they take turns, and one that rests or is out is passed over. Undefined where none
   * of those not tried yet can be used.
   */
  take(tried: ReadonlySet<number>): number | undefined;
  /** Whether `take` would give one. */
  has(tried: ReadonlySet<number>): boolean;
  /** A call with the key was answered. */
  worked(place: number): void;
  /** A call with the key failed. True where another key may do better. */
  failed(place: number, error: unknown): boolean;
  /** Why no key can be used now: all rest, the first for so long, or all are out. */
  whyNone(provider: string): ModelError;
}

interface Health {
  /** Not used before this moment, in milliseconds since 1970. */
  restsUntil: number;
  /** Limits met one after the other without an answer between. */
  limits: number;
  /** The provider no longer accepts it, or its account is empty: why, and until when it is left alone. */
  out: { error: ModelError; until: number } | undefined;
}

const firstRestMs = 1_000;
const longestRestMs = 60_000;
/** An account may be filled up again, and nobody tells us. */
const outMs = 10 * 60_000;

/** Shares the load over the keys of one provider. A key at its limit rests as long as it was told; a refused one is left alone for longer. */
export function createKeyRing(count: number, now: () => number = Date.now): KeyRing {
  const keys = Array.from({ length: count }, (): Health => ({ restsUntil: 0, limits: 0, out: undefined }));
  let turn = 0;
  const isOut = ({ out }: Health): boolean => out !== undefined && out.until > now();
  const find = (tried: ReadonlySet<number>): number | undefined => {
    for (let step = 0; step < count; step += 1) {
      const place = (turn + step) % count;
      const key = keys[place];
      if (key !== undefined && !tried.has(place) && !isOut(key) && key.restsUntil <= now()) return place;
    }
    return undefined;
  };
  return {
    take: (tried) => {
      const place = find(tried);
      if (place !== undefined) turn = place + 1;
      return place;
    },
    has: (tried) => find(tried) !== undefined,
    worked: (place) => {
      const key = keys[place];
      if (key !== undefined) key.limits = 0;
    },
    failed: (place, error) => {
      const key = keys[place];
      if (key === undefined || !(error instanceof ModelError)) return false;
      if (error.errorClass === 'auth') {
        // What is forbidden is this model or this request: the key is good for others.
        if (error.params['status'] !== 403) key.out = { error, until: now() + outMs };
      } else if (error.errorClass !== 'rate_limited') return false;
      else {
        // Who is not told how long to wait waits twice as long each time.
        key.restsUntil = now() + (error.retryAfterMs ?? Math.min(longestRestMs, firstRestMs * 2 ** key.limits));
        key.limits += 1;
      }
      return true;
    },
    whyNone: (provider) => {
      const resting = keys.filter((key) => !isOut(key));
      const [first] = keys;
      if (resting.length === 0) return first?.out?.error ?? new ModelError('auth', 'key_rejected', { provider });
      const retryAfterMs = Math.max(0, Math.min(...resting.map(({ restsUntil }) => restsUntil)) - now());
      return new ModelError('rate_limited', 'provider_rate_limit', { provider }, { retryAfterMs });
    },
  };
}

/** The keys in one setting: separated by commas. What is JSON, such as a service account's key file, is one. */
export function keysIn(apiKey: string | undefined): (string | undefined)[] {
  if (apiKey === undefined || apiKey.trimStart().startsWith('{')) return [apiKey];
  const keys = apiKey.split(',').map((key) => key.trim());
  return [...new Set(keys.filter((key) => key !== ''))];
}
