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
  // What a test found out stands in a longer sentence of `detail`; what is wrong with the form is that sentence, or is not in it.
  const detail = problem?.detail ?? '';
  const tested = first !== undefined && detail !== first.message && detail.includes(first.message);
  return { field: first?.pointer.slice(1), message: first?.message ?? sentenceOf(error), untestedMaySave: tested };
}
