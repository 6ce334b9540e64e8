import { StepError } from '@patchbay/node-kit';

const tokenPattern = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Headers that belong to the connection; setting one could change whom we talk to or where a message ends. */
const reserved = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'te', 'trailer', 'keep-alive', 'expect']);

/** Headers by lower-case name. Throws `invalid_input` for a name or value that no header can have. */
export function readHeaders(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const entries = headers
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }): [string, string] => readHeader(name.trim(), value.trim()));
  return Object.fromEntries(entries);
}

function readHeader(name: string, value: string): [string, string] {
  const lower = name.toLowerCase();
  if (!tokenPattern.test(name) || reserved.has(lower)) throw new StepError('invalid_input', 'header_name', { name: name.slice(0, 80) });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a header must not hold.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw new StepError('invalid_input', 'header_line_break', { name });
  return [lower, value];
}
