import { type Json, StepError } from '@patchbay/node-kit';

/** The list on a port. A record or a single value is none: guessing what was meant would hide a wrong wire. */
export function readList(value: Json | object | undefined, port: string): Json[] {
  if (!Array.isArray(value)) throw new StepError('invalid_input', 'not_a_list', { port });
  return value as Json[];
}
