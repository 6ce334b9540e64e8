import { compilePattern } from '@patchbay/node-kit';

/** Whether a pattern is found in a text. Patterns run in linear time, so no text can make them hang. */
export function matchesPattern(text: string, source: string, matchCase: boolean): boolean {
  return compilePattern(source, matchCase ? '' : 'i').test(text);
}

/** Whether a text can be used as a pattern. */
export function isPattern(source: string): boolean {
  try {
    compilePattern(source, '');
    return true;
  } catch {
    return false;
  }
}
