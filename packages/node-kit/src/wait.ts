import type { Json } from '@patchbay/flow';
import type { PortType } from './port-type.ts';

/** One field of the form a person is asked to fill in. */
export interface WaitField {
  id: string;
  title: string;
  type: PortType;
  required: boolean;
  options?: readonly string[];
}

/** What a step waits for: a person's answer, which may come too late, or a time. Times are milliseconds since 1970. */
export type WaitRequest = { kind: 'person'; message: string; fields: WaitField[]; until: number | null } | { kind: 'time'; until: number };

/** What came: the answer, or the time. `late`: nobody answered in time. */
export type WaitAnswer = { kind: 'answered'; values: Record<string, Json> } | { kind: 'late' } | { kind: 'time' };

/**
 * What `ctx.wait` throws where the run is to be put aside: the step has neither succeeded nor failed, and is executed
 * again when what it waits for has come. Nodes let it pass.
 */
export class Parked extends Error {
  readonly parked = true;

  constructor() {
    super('parked');
    this.name = 'Parked';
  }
}

/** By shape, as failures are read. */
export const isParked = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && (thrown as { parked?: unknown }).parked === true;
