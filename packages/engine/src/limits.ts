/** Sizes of one run beyond which it fails with a clear sentence. Those of a document are in `flowLimits`. */
export const runLimits = {
  /** Steps started, in all turns and flows of the run. */
  steps: 10_000,
  /** Turns of one container. */
  turns: 1_000,
  /** Flows that run each other, the run's own included. */
  flows: 8,
} as const;
