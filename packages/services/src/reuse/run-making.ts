import type { Json } from '@patchbay/flow';

/** Values a person set in place of what a step would answer, by output port. */
export interface Pin {
  outputs: Record<string, Json>;
  /** When, in milliseconds since 1970. */
  at: number;
}
/** By node. */
export type Pins = Record<string, Pin>;

/** How a run of a draft or a replay was made. Stored with the run, so that another process can go on with it the same way. */
export interface RunMaking {
  /** Tag of the draft it ran. */
  draft?: string | undefined;
  /** Only these steps are executed. */
  only?: string[] | undefined;
  /** This step is executed, and what comes after it. */
  from?: string | undefined;
  /** The run that lends its values to the other steps. */
  reuse?: string | undefined;
  /** Pinned values; they are forgotten when the run has ended. */
  pins?: Pins | undefined;
  /** The run it replays: with the flow of then, or with the draft. */
  replay?: { run: string; version: ReplayVersion } | undefined;
}
export type ReplayVersion = 'recorded' | 'draft';

/** As it is kept when the run has ended: pinned values stand in the record of their steps, masked where the flow hides something. */
export const withoutPins = (making: RunMaking | undefined): RunMaking | undefined =>
  making?.pins === undefined ? making : { ...making, pins: undefined };
