/** What a file is by its first bytes. Names and what a caller says are only believed between kinds that are all plain text. */

/** Reads bytes as Latin letters, one each. */
const letters = (bytes: Uint8Array, from: number, length: number): string => String.fromCharCode(...bytes.subarray(from, from + length));

const beginnings: readonly [start: string, mediaType: string][] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
  ['ID3', 'audio/mpeg'],
  ['fLaC', 'audio/flac'],
  ['%PDF-', 'application/pdf'],
  ['{\\rtf', 'application/rtf'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  ['\0\0\x01\xba', 'video/mpeg'],
];

const officeKinds: readonly [folder: string, mediaType: string][] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];
export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** How much of a file is looked at. */
const looked = 64 * 1024;

export interface Claim {
  /** What a caller says the file is; believed where the bytes cannot tell. */
  mediaType?: string | undefined;
  name?: string | undefined;
}

/** The media type of a file: `application/octet-stream` where nothing is known of it. */
export function sniff(bytes: Uint8Array, claim: Claim = {}): string {
  const start = letters(bytes, 0, 16);
  const known = beginnings.find(([beginning]) => start.startsWith(beginning))?.[1];
  if (known !== undefined) return known;
  return riff(start) ?? isoMedia(bytes, claim) ?? wrapped(bytes, start, claim) ?? mpegAudio(bytes) ?? textKind(bytes, claim);
}

function riff(start: string): string | undefined {
  if (!start.startsWith('RIFF')) return undefined;
  const inner = start.slice(8, 12);
  return inner === 'WAVE' ? 'audio/wav' : inner === 'WEBP' ? 'image/webp' : inner === 'AVI ' ? 'video/x-msvideo' : undefined;
}

/** MP4 and its relatives: the brand says which. */
function isoMedia(bytes: Uint8Array, { mediaType }: Claim): string | undefined {
  if (letters(bytes, 4, 4) !== 'ftyp') return undefined;
  const brand = letters(bytes, 8, 4);
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  if (/^(?:hei[cxms]|mif1)$/.test(brand)) return 'image/heic';
  if (brand === 'qt  ') return 'video/quicktime';
  // Sound alone has a brand of its own, but recorders also write it under the general one.
  return brand.startsWith('M4A') || brand.startsWith('M4B') || mediaType === 'audio/mp4' ? 'audio/mp4' : 'video/mp4';
}

/** Wrappings that hold several kinds. */
function wrapped(bytes: Uint8Array, start: string, { mediaType }: Claim): string | undefined {
  if (start.startsWith('OggS')) return letters(bytes, 0, 512).includes('theora') ? 'video/ogg' : 'audio/ogg';
  if (start.startsWith('\x1aE\xdf\xa3')) {
    if (!letters(bytes, 0, 64).includes('webm')) return 'video/x-matroska';
    return mediaType?.startsWith('audio/') === true ? 'audio/webm' : 'video/webm';
  }
  if (!start.startsWith('PK\x03\x04')) return undefined;
  const names = letters(bytes, 0, 4_096) + letters(bytes, Math.max(0, bytes.length - 8_192), 8_192);
  return officeKinds.find(([folder]) => names.includes(folder) && names.includes('[Content_Types].xml'))?.[1] ?? 'application/zip';
}

/** A frame of MPEG sound (layers I to III), or of AAC as ADTS. */
function mpegAudio(bytes: Uint8Array): string | undefined {
  const [first = 0, second = 0, third = 0] = bytes;
  // 0xfffe is the mark of UTF-16 before it is a frame that hardly anybody writes.
  if (first !== 0xff || (second & 0xe0) !== 0xe0 || second === 0xfe) return undefined;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const [version, layer, rate, frequency] = [second & 0x18, second & 0x06, third & 0xf0, third & 0x0c];
  return version !== 0x08 && layer !== 0 && rate !== 0xf0 && rate !== 0 && frequency !== 0x0c ? 'audio/mpeg' : undefined;
}

/** Kinds of text that a name or a caller may tell apart. Whatever is said, a browser is never let draw one of ours. */
const textKinds: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  md: 'text/markdown',
  markdown: 'text/markdown',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
};
const claimable = new Set(Object.values(textKinds));

function textKind(bytes: Uint8Array, { mediaType, name = '' }: Claim): string {
  const head = bytes.subarray(0, looked);
  const wide = looksWide(head) !== undefined || startsWithMark(head);
  if (!wide && head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return 'application/octet-stream';
  // HTML is known by itself in any encoding that keeps Latin letters apart; the zeros of wide ones are passed over.
  const words = letters(head.filter((byte) => byte !== 0).subarray(0, 1_024), 0, 1_024).toLowerCase();
  if (/^[^<]{0,16}(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body)\b/s.test(words)) return 'text/html';
  const said = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  const claimed = claimable.has(said) ? said : Object.hasOwn(textKinds, ending) ? textKinds[ending] : undefined;
  if (claimed === undefined) return 'text/plain';
  // A part of a page has no beginning to be known by, but it has a tag, or a comment that may be long.
  return claimed !== 'text/html' || /<(?:!--|[a-z][a-z0-9]*[\s>/])/.test(words) ? claimed : 'text/plain';
}

const startsWithMark = ([first, second]: Uint8Array): boolean => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/** UTF-16 without a mark shows by zeros in every second byte of what is mostly Latin text. */
export function looksWide(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head.length < 4 || head.length % 2 === 1) return undefined;
  let [even, odd] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = head.length / 2;
  if (odd > half * 0.4 && even < half * 0.02) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.02 ? 'utf-16be' : undefined;
}
