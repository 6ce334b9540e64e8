import type { Json } from '@patchbay/flow';
import type { ErrorClass } from '@patchbay/models';

export type StepStatus = 'succeeded' | 'failed' | 'skipped' | 'cancelled';
/** A run ends in exactly one of the last four. */
export type RunStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

/** A failure as it is stored and sent: code and parameters, no sentence. `describeFailure` makes the sentence. */
export interface Failure {
  class: ErrorClass;
  /** Finer than the class; the key of a sentence. */
  reason: string;
  params: Record<string, string | number>;
  node?: string;
}

/** Why a step did not run: the place where the way was closed first. */
export interface SkipReason {
  /** `branch`: a node chose other outputs. `bypass`: switched off. `source_failed`: what it read from failed. */
  code: 'branch' | 'bypass' | 'source_failed';
  node: string;
  port?: string;
}

/** Tokens and money, added up over the model calls of a step or run. `costUsd` is null where a price is unknown. */
export interface UsageTotal {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  estimated: boolean;
}

/** One model call as the run records it. */
export interface ModelCall extends UsageTotal {
  provider: string;
  model: string;
  simulated: boolean;
}

interface AtStep {
  node: string;
  /** Path of containers and iterations, `''` at the top: `each_row/3`. */
  scope: string;
}

/** What a run says, in order. `run-end` is always the last. Times are milliseconds. */
export type RunEvent =
  | { type: 'run-start'; run: string; at: number }
  | ({ type: 'step-start'; atMs: number } & AtStep)
  | ({ type: 'step-chunk'; port: string; text: string } & AtStep)
  | ({ type: 'step-retry'; attempt: number; delayMs: number; error: Failure } & AtStep)
  | ({
      type: 'step-end';
      status: StepStatus;
      atMs: number;
      durationMs: number;
      reason?: SkipReason;
      error?: Failure;
      usage?: UsageTotal;
      /** Provider and model that answered, where one was called. */
      model?: string;
      simulated?: boolean;
      /** Values by output port; kept from callers of a published flow. */
      outputs?: Record<string, Json>;
    } & AtStep)
  | { type: 'output-chunk'; output: string; text: string }
  | { type: 'output-end'; output: string; value: Json; complete: boolean }
  | ({ type: 'run-end' } & RunResult);

/** What is left when a run has ended. `outputs` holds what was complete even when the run failed. */
export interface RunResult {
  status: RunStatus;
  outputs: Record<string, Json>;
  error?: Failure;
  /** Every output was skipped; `reason` says why. */
  empty?: boolean;
  reason?: SkipReason;
  usage: UsageTotal;
  simulated: boolean;
  durationMs: number;
}
