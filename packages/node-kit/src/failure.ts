import { fillWords, type Locale, own, type Words } from '@patchbay/flow';
import { classWords, reasonWords } from './failure-words.ts';
import type { Failure } from './run-event.ts';

/** What a reader is told of a failure: one sentence, and what to do about it where there is something. */
export interface FailureText {
  message: string;
  fix?: string;
}

/** Reasons whose sentence has a better form when a parameter is there. */
const named = (failure: Failure): string =>
  failure.reason === 'path_missing' && failure.params['nearest'] ? 'path_missing_like' : failure.reason;

/** True where a finer reason has a sentence of its own. */
export const hasWords = (reason: string): boolean => own(reasonWords, reason) !== undefined;

/** The provider's own words, with secrets masked, where its sentence does not hold them already. */
const provider: Words = { en: 'The provider says: {message}', 'zh-Hans': '服务商说明：{message}' };

function withProviderWords(sentence: string, words: Words, { params }: Failure, locale: Locale): string {
  if (typeof params['message'] !== 'string' || params['message'] === '' || words[locale].includes('{message}')) return sentence;
  return `${sentence}${locale === 'en' ? ' ' : ''}${fillWords(provider, params, locale)}`;
}

/** The sentence of a failure in the reader's language, and its fix. */
export function describeFailure(failure: Failure, locale: Locale): FailureText {
  const words = own(reasonWords, named(failure)) ?? classWords[failure.class];
  const message = withProviderWords(fillWords(words.message, failure.params, locale), words.message, failure, locale);
  const fix = words.fix ?? classWords[failure.class].fix;
  return fix === undefined ? { message } : { message, fix: fillWords(fix, failure.params, locale) };
}
