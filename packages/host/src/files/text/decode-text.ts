import { looksWide } from '../sniff.ts';

/** Reads bytes as text in the encoding they are in: by their mark, else UTF-8, UTF-16 or GB 18030, else Windows’ Latin. */
export function decodeText(bytes: Uint8Array, said?: string): string {
  return new TextDecoder(encodingOf(bytes, said)).decode(bytes);
}

const looked = 64 * 1024;

export function encodingOf(bytes: Uint8Array, said?: string): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const wide = looksWide(bytes.subarray(0, looked));
  if (wide !== undefined) return wide;
  if (isUtf8(bytes)) return 'utf-8';
  return known(said) ?? (mostlyPairs(bytes) ? 'gb18030' : 'windows-1252');
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a document says of itself, where that is an encoding that is not UTF-8: these bytes are none. */
function known(said: string | undefined): string | undefined {
  if (said === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(said);
    return encoding === 'utf-8' || encoding.startsWith('utf-16') ? undefined : encoding;
  } catch {
    return undefined;
  }
}

/** Chinese in GB 18030 is two high bytes a character; letters with accents stand alone among plain ones. */
function mostlyPairs(bytes: Uint8Array): boolean {
  let [pairs, alone] = [0, 0];
  const end = Math.min(bytes.length, looked);
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x81) continue;
    const next = bytes[at + 1] ?? 0;
    if (byte < 0xff && next >= 0xa1 && next < 0xff) {
      pairs += 1;
      at += 1;
    } else alone += 1;
  }
  return pairs > alone;
}
