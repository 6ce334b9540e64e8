import type { Json, Locale } from '@patchbay/flow';
import { checkInputs, describeInputError } from '@patchbay/node-kit';
import { ServiceError } from '../service-error.ts';
import type { Target } from './target.ts';

/** Given inputs as the flow takes them, with defaults filled in. Throws with a sentence for each that does not fit. */
export function readInputs({ inputs: fields }: Pick<Target, 'inputs'>, given: unknown, locale: Locale): Record<string, Json> {
  const checked = checkInputs(fields, given);
  if (checked.ok) return checked.values;
  const errors = checked.errors.map((error) => ({ pointer: `/inputs${error.pointer}`, message: describeInputError(error, locale) }));
  throw new ServiceError('invalid_input', 'inputs_invalid', { errors });
}
