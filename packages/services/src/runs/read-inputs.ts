import type { Json, Locale } from '@patchbay/flow';
import type { FileStore } from '@patchbay/host';
import { checkInputs, describeInputError, type InputError } from '@patchbay/node-kit';
import { admitFiles, takesFiles } from '../files/admit-files.ts';
import { ServiceError } from '../service-error.ts';
import type { Target } from './target.ts';

/** Given inputs as the flow takes them, with defaults filled in. Throws with a sentence for each that does not fit. */
export function readInputs({ inputs: fields }: Pick<Target, 'inputs'>, given: unknown, locale: Locale): Record<string, Json> {
  const checked = checkInputs(fields, given);
  if (checked.ok) return checked.values;
  throw inputsInvalid(checked.errors, locale);
}

function inputsInvalid(wrong: readonly InputError[], locale: Locale): ServiceError {
  const errors = wrong.map((error) => ({ pointer: `/inputs${error.pointer}`, message: describeInputError(error, locale) }));
  return new ServiceError('invalid_input', 'inputs_invalid', { errors });
}

/** The same with every file stored or found in the flow's workspace. At once where the flow takes no files. */
export function readStoredInputs(
  { files }: { files: FileStore },
  target: Pick<Target, 'inputs' | 'workspaceId'>,
  given: unknown,
  locale: Locale,
): Record<string, Json> | Promise<Record<string, Json>> {
  const values = readInputs(target, given, locale);
  if (!takesFiles(target.inputs)) return values;
  return admitFiles(files, target.workspaceId, { fields: target.inputs, values }).then((admitted) => {
    if (!admitted.ok) throw inputsInvalid(admitted.errors, locale);
    return admitted.values;
  });
}
