import type { RunEvent } from '@patchbay/node-kit';
import type { WaitResource } from '../resources.ts';

/** What readers of a durable run are told besides the events of the engine: it waits, and for what. */
export type FollowedEvent = RunEvent | { type: 'run-wait'; waits: WaitResource[] };

/** So many ids belong to one attempt: what a former attempt told and lost has smaller ids than all that comes. */
export const idsPerAttempt = 1_000_000_000;

/** A run begins once: that is told as 1, whoever executes it. */
export const startEventId = 1;

/** The first id of an attempt that is free. */
export const firstIdOf = (attempt: number): number => (attempt - 1) * idsPerAttempt + startEventId + 1;
