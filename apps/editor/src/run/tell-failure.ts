import type { Locale } from '@patchbay/flow';
import { describeFailure, type Failure } from '@patchbay/node-kit';

/** A failure with its sentence, and its fix where there is one. Apart, since the words are only needed when something fails. */
export const tellFailure = (failure: Failure, locale: Locale) => ({ ...failure, ...describeFailure(failure, locale) });
