import i18next from 'i18next';
import { NotSavedError } from '../app/saved-first.ts';
import { ApiError, UnreachableError } from './client.ts';

/** What went wrong, in words for a person. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError || error instanceof NotSavedError) return error.message;
  if (error instanceof UnreachableError) return i18next.t('app:unreachable');
  return i18next.t('app:unexpected');
}
