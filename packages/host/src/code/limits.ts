/** What code of an author may use. A step can ask for less or more time, up to the longest. */
export const codeLimits = {
  /** Milliseconds of running, from the moment the code starts. */
  usualMs: 2_000,
  longestMs: 30_000,
  /** Bytes the code's own heap and stack may grow to. */
  heapBytes: 64 * 1024 * 1024,
  stackBytes: 256 * 1024,
  /** UTF-16 units of the answer as JSON, and how deep it may be nested. */
  outputLength: 8 * 1024 * 1024,
  outputDepth: 100,
  /** Lines that are kept of what it logs, and UTF-16 units of each. */
  logLines: 1_000,
  logLineLength: 2_000,
  /** UTF-16 units of the code, and of its inputs as JSON. */
  sourceLength: 200_000,
  inputLength: 10 * 1024 * 1024,
} as const;
