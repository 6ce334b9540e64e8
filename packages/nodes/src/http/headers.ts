import { StepError } from '@patchbay/node-kit';

const tokenPattern = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Headers that belong to the connection; setting one could change whom we talk to or where a message ends. */
const reserved = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'te', 'trailer', 'keep-alive', 'expect']);

export interface Headers {
  /** Values by lower-case name. */
  headers: Record<string, string>;
  /** Names of stored secrets by lower-case name of the header they are the value of. */
  secrets: Record<string, string>;
}

/** Headers as they are sent. Throws `invalid_input` for a name or value that no header can have. */
export function readHeaders(given: readonly { name: string; value: string; secret: string }[]): Headers {
  const named = given.filter(({ name }) => name.trim() !== '');
  const plain = named.filter(({ secret }) => secret === '').map(({ name, value }) => readHeader(name.trim(), value.trim()));
  const secret = named.filter(({ secret }) => secret !== '').map(({ name, secret }) => readHeader(name.trim(), secret));
  return { headers: Object.fromEntries(plain), secrets: Object.fromEntries(secret) };
}

function readHeader(name: string, value: string): [string, string] {
  const lower = name.toLowerCase();
  if (!tokenPattern.test(name) || reserved.has(lower)) throw new StepError('invalid_input', 'header_name', { name: name.slice(0, 80) });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header must not hold.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw new StepError('invalid_input', 'header_line_break', { name });
  return [lower, value];
}
