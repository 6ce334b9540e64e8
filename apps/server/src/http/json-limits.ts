import { ServiceError } from '@patchbay/services';

export const bodyLimitBytes = 10 * 1024 * 1024;
const depthLimit = 100;
const keyLimit = 50_000;

const quote = 34;
const backslash = 92;

/** Refuses a JSON text that is nested too deep or has too many keys, before anything is built from it. One pass, no recursion. */
export function checkJsonText(text: string): void {
  let depth = 0;
  let keys = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at);
        break;
      case 123: // {
      case 91: // [
        depth += 1;
        if (depth > depthLimit) throw new ServiceError('invalid_input', 'body_too_deep', { params: { limit: depthLimit } });
        break;
      case 125: // }
      case 93: // ]
        depth -= 1;
        break;
      case 58: // :
        keys += 1;
        if (keys > keyLimit) throw new ServiceError('invalid_input', 'body_too_many_keys', { params: { limit: keyLimit } });
        break;
    }
  }
}

/** Index of the closing quote, or the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
