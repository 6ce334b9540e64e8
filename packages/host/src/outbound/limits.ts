/** Sizes in bytes, times in milliseconds. */
export interface OutboundLimits {
  connectMs: number;
  /** From sending the request to the headers of a stream. */
  firstByteMs: number;
  /** Between two pieces of a body. */
  idleMs: number;
  /** From the call to the last byte, redirects included. */
  totalMs: number;
  /** The same for calls to models. */
  modelTotalMs: number;
  /** A model that does not stream is silent while it writes, so its headers may take longer. */
  modelFirstByteMs: number;
  bodyBytes: number;
  redirects: number;
}

export const usualLimits: OutboundLimits = {
  connectMs: 5_000,
  firstByteMs: 30_000,
  idleMs: 30_000,
  totalMs: 60_000,
  modelTotalMs: 600_000,
  modelFirstByteMs: 60_000,
  bodyBytes: 10 * 1024 * 1024,
  redirects: 5,
};
