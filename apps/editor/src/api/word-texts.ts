import type { Locale } from '@patchbay/flow';

/** The texts of a part of the program in one language, which the build keeps beside its code. */
export async function readTexts(part: string, locale: Locale): Promise<readonly unknown[]> {
  const answer = await fetch(`/assets/${part}.${locale}.json`);
  if (!answer.ok) throw new Error(`the words of ${part} were answered with ${answer.status}`);
  const texts: unknown = await answer.json();
  if (!Array.isArray(texts)) throw new Error(`the words of ${part} are no list`);
  return texts;
}
