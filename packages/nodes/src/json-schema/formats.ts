import { readMoment } from '../date/moment.ts';

const patterns: Record<string, RegExp> = {
  time: /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i,
  uuid: /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i,
  email: /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@.]{1,63}(?:\.[^\s@.]{1,63}){0,10}$/,
  uri: /^[a-z][a-z\d+.-]{0,30}:[^\s<>"{}|\\^`]*$/i,
  ipv4: /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/,
};

/** Whether a text is of a format that JSON Schema names. A format that is not known asks for nothing, as the standard has it. */
export function isOfFormat(format: string, text: string): boolean {
  if (format === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) && isMoment(text);
  if (format === 'date-time')
    return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i.test(text) && isMoment(text);
  return !Object.hasOwn(patterns, format) || (text.length <= 2_000 && patterns[format]?.test(text) === true);
}

function isMoment(text: string): boolean {
  try {
    readMoment(text, 'UTC');
    return true;
  } catch {
    return false;
  }
}
