import { StepError } from '@patchbay/node-kit';

/** Scheme and host written out by the author, then a path or query in which chips may stand. */
const literalHost = /^https?:\/\/[^/?#{}\\\s@]+(?:[/?#]|$)/i;

/** Whether an address says itself where it leads: a chip in the host would let a value choose the server. */
export const hasLiteralHost = (url: string): boolean => url === '' || literalHost.test(url);

/** The address to call. Refuses what a filled-in value must not do: leave its part of the path. */
export function readAddress(url: string): string {
  if (url.trim() === '') throw new StepError('invalid_input', 'url_missing', {});
  if (!literalHost.test(url)) throw new StepError('invalid_input', 'url_refused', { url: url.slice(0, 120) });
  const path = url.replace(/^https?:\/\/[^/?#]+/i, '').replace(/[?#].*$/s, '');
  const dots = path.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
  if (dots) throw new StepError('invalid_input', 'url_dots', { url: url.slice(0, 120) });
  return url;
}

/** The host of an address, for messages: never a path or query, which may hold personal data. */
export const hostOf = (url: string): string => /^https?:\/\/([^/?#]+)/i.exec(url)?.[1] ?? '';
