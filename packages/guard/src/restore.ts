import type { Secrets } from './mask.ts';

/** Puts hidden values back into a text that arrives in pieces. */
export interface Restorer {
  /** What can be shown so far; holds back only what could still become a label. */
  push(chunk: string): string;
  end(): string;
}

/** Models write labels in their own ways: `[email_1]`, `\\[EMAIL\\_1\\]` in Markdown, `【EMAIL_1】` in Chinese. */
const labels = /\\?[[【]\s?([A-Za-z]{2,8})\\?[_ ]\s?(\d{1,6})\s?\\?[\]】]/g;
/** The end of a text that could still become one. */
const unfinished = /(?:\\|\\?[[【]\s?(?:[A-Za-z]{1,8}(?:\\?(?:[_ ]\s?(?:\d{1,6}\s?\\?)?)?)?)?)$/;
const longestLabel = 32;

/** Labels that are not among the secrets stay as they are; what is put in is never looked at again. */
export function createRestorer(secrets: Secrets): Restorer {
  const known = new Map(Object.entries(secrets));
  const restored = (text: string): string =>
    text.replace(labels, (written, kind: string, number: string) => known.get(`[${kind.toUpperCase()}_${Number(number)}]`) ?? written);
  let held = '';
  return {
    push(chunk) {
      const text = held + chunk;
      const tail = text.slice(-longestLabel);
      const place = text.length - tail.length + (unfinished.exec(tail)?.index ?? tail.length);
      held = text.slice(place);
      return restored(text.slice(0, place));
    },
    end: () => restored(held),
  };
}

/** A whole text with its hidden values put back. */
export function restoreText(text: string, secrets: Secrets): string {
  const restorer = createRestorer(secrets);
  return restorer.push(text) + restorer.end();
}
