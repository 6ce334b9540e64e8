import { ModelError } from './errors.ts';
import type { ErrorContext } from './provider-errors.ts';

/** What a provider sent as JSON. Throws `bad_output` where it is none. */
export function readJson(text: string, { provider, model }: Pick<ErrorContext, 'provider' | 'model'>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelError('bad_output', 'malformed_answer', { provider, model });
  }
}
