import type { ErrorClass } from '@patchbay/models';

/**
 * What a node throws when it cannot go on. Model and transport errors carry the same three fields,
 * so the engine reads failures by shape and imports no one's classes.
 */
export class StepError extends Error {
  readonly errorClass: ErrorClass;
  readonly reason: string;
  readonly params: Record<string, string | number>;

  constructor(errorClass: ErrorClass, reason: string, params: Record<string, string | number> = {}) {
    super(`${errorClass}: ${reason}`);
    this.name = 'StepError';
    this.errorClass = errorClass;
    this.reason = reason;
    this.params = params;
  }
}
