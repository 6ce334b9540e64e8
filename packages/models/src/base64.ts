/** Bytes as base64. In pieces, since a call with a million arguments is none. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += 8_192) binary += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return btoa(binary);
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Beginnings of files by which their type is known, as base64 shows them. */
const beginnings: readonly [start: string, mediaType: string][] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['SUQz', 'audio/mpeg'],
  ['//', 'audio/mpeg'],
  ['T2dnUw', 'audio/ogg'],
  ['ZkxhQw', 'audio/flac'],
];

/** The type of a file by how it begins; `otherwise` where it is none of the usual ones. */
export function mediaTypeOf(base64: string, otherwise: string): string {
  const known = beginnings.find(([start]) => base64.startsWith(start))?.[1];
  if (known !== undefined) return known;
  // RIFF is a wrapping: what is in it stands after the size.
  if (!base64.startsWith('UklGR')) return otherwise;
  const inner = atob(base64.slice(0, 16)).slice(8, 12);
  return inner === 'WAVE' ? 'audio/wav' : inner === 'WEBP' ? 'image/webp' : otherwise;
}
