import { ApiError } from '../api/client.ts';
import { sentenceOf } from '../api/sentence.ts';

/** What was refused, and at which part of the form. */
export interface Refusal {
  /** `key`, `baseUrl`, `model`, …; absent where no part is to blame. */
  field: string | undefined;
  message: string;
  /** The provider or the way there said no; what was typed has the right form. */
  untestedMaySave: boolean;
}

export function refusalOf(error: unknown): Refusal {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const first = problem?.errors?.[0];
  // A refused test repeats its sentence in `detail`; a wrong form has its own sentence per part.
  const tested = first !== undefined && problem?.detail.includes(first.message) === true;
  return { field: first?.pointer.slice(1), message: first?.message ?? sentenceOf(error), untestedMaySave: tested };
}
