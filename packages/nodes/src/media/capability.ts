import { StepError } from '@patchbay/node-kit';

/** What the step's world can do besides chat, or a failure that says it cannot. */
export function able<Ask>(ask: Ask | undefined, what: 'image' | 'speech' | 'transcribe', model: string): Ask {
  if (ask === undefined) throw new StepError('invalid_input', `no_${what}`, { provider: model });
  return ask;
}
