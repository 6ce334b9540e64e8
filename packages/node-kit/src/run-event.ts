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
  /** `branch`: a node chose other outputs. `bypass`: switched off. `source_failed`: what it read from failed. `not_wanted`: only other steps were asked for, and no earlier value is known. */
  code: 'branch' | 'bypass' | 'source_failed' | 'not_wanted';
  node: string;
  port?: string;
}

/** Tokens and money, added up over the model calls of a step or run. `costUsd` is null where a price is unknown. */
export interface UsageTotal {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  /** Some of the figures are counted by us, since the provider gave none. */
  estimated: boolean;
  /** Of the input tokens, those read from a provider's cache and those written to it. Absent means none. */
  cachedInputTokens?: number;
  cacheWriteTokens?: number;
  /** Of the output tokens, those models thought with. */
  reasoningTokens?: number;
  /** Seconds of sound that was listened to. */
  audioSeconds?: number;
  /** Answers that were given again without a call, and what they had cost when they were made. Not part of `costUsd`. */
  cacheHits?: number;
  savedUsd?: number;
}

/** One model call as the run records it. */
export interface ModelCall extends UsageTotal {
  provider: string;
  model: string;
  simulated: boolean;
}

/** Where a reused value comes from: a step of another run, or a person who pinned it. */
export interface ValueOrigin {
  kind: 'run' | 'pin';
  /** The run that made it. */
  run?: string;
  /** When it was made, in milliseconds since 1970. */
  at: number;
}

/** A step that was not executed because its values were known from elsewhere. */
export interface ReusedStep extends AtStep {
  origin: ValueOrigin;
  /** How old its values were when they were used, in milliseconds. */
  ageMs: number;
}

interface AtStep {
  node: string;
  /** Path of containers and iterations, `''` at the top: `each_row/3`. */
  scope: string;
}

/**
 * What a run says, in order. `run-end` is always the last. Times are milliseconds since the run's first start.
 * A step that is recalled says its end only: it has no `step-start` and no chunks, since nothing is executed.
 */
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
      /** An answer of a model was given again: see `usage`. */
      cached?: boolean;
      /** Values by output port; kept from callers of a published flow. Of a failed or cancelled step also the texts that broke off. */
      outputs?: Record<string, Json>;
      /** It failed and its rule had another way: the run went on. */
      handled?: true;
      /**
       * Not executed: its end is as an earlier attempt of this run, another run or a pin has it. Without `origin` the
       * record is this run's own, `usage` and times are as they were then, and whoever counts or stores steps has it already.
       */
      recalled?: true;
      /** Where the values come from when they are not this run's own. What they cost then is not told again. */
      origin?: ValueOrigin;
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
  /** All that the run cost, in every attempt of it; values of other runs cost nothing here. */
  usage: UsageTotal;
  simulated: boolean;
  durationMs: number;
  /** Steps whose values come from other runs or pins, in order; absent where there are none. */
  reused?: ReusedStep[];
}
