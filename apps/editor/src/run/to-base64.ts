const sliceBytes = 0x6000;

/** Bytes as base64, in slices so that large files do not overflow the argument list. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += sliceBytes) text += btoa(String.fromCharCode(...bytes.subarray(at, at + sliceBytes)));
  return text;
}
