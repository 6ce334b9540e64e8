import type { ErrorClass } from '@patchbay/models';

import type { Failure } from './run-event.ts';

/**
 * What a node throws when it cannot go on. Model and transport errors carry the same three fields,
 * so the engine reads failures by shape and imports no one's classes.
 */
export class StepError extends Error {
  readonly errorClass: ErrorClass;
  readonly reason: string;
  readonly params: Record<string, string | number>;

  /** Where it came about, when that is not the step that throws it. */
  readonly node: string | undefined;

  constructor(errorClass: ErrorClass, reason: string, params: Record<string, string | number> = {}, node?: string) {
    super(`${errorClass}: ${reason}`);
    this.name = 'StepError';
    this.errorClass = errorClass;
    this.reason = reason;
    this.params = params;
    this.node = node;
  }
}

/** A failure from inside, thrown on as it is. */
export const failureError = ({ class: name, reason, params, node }: Failure): StepError => new StepError(name, reason, params, node);
