/** What somebody promises to do: who says it, what, and by when. For minutes of a meeting, line by line. */

const promise = /(?:\b(?:I|we|he|she|they|\p{Lu}\p{L}+) (?:will|shall|must|has to|have to|needs to|need to)\b|我[^。！？\n]{0,20}之?前)/u;

/** Whoever speaks in a line that promises something. */
export function promisers(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, speaker] = /^\s*(\p{Lu}\p{L}{1,20}|\p{Script=Han}{2,4})\s*[:：]/u.exec(line) ?? [];
    return speaker !== undefined && promise.test(line) ? [speaker] : [];
  });
}

/** The sentences that promise something, without who says them. */
export const promises = (text: string): string[] =>
  text
    .split(/(?<=[.!?。！？])\s*|\n/)
    .map((sentence) => sentence.replace(/^\s*[\p{L}]{1,20}\s*[:：]\s*/u, '').trim())
    .filter((sentence) => promise.test(sentence));

const due =
  /\bby ((?:next )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow|tonight))\b|((?:下|本)?(?:周|星期)[一二三四五六日天]|明天|月底)(?=之?前)/g;

/** Days by which something is to be done, as they were said. */
export const dueDays = (text: string): string[] => [...text.matchAll(due)].map((match) => match[1] ?? match[2] ?? '');
