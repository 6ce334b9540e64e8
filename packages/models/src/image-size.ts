import { bytesOf } from './base64.ts';

export interface ImageSize {
  width: number;
  height: number;
}

/** What a PNG, GIF, WebP or JPEG says of its size in pixels; undefined where it says nothing that can be read. */
export function imageSize(base64: string): ImageSize | undefined {
  // A size stands near the beginning; in a JPEG behind what cameras write.
  const bytes = bytesOf(base64.slice(0, 256 * 1024).replace(/=+$/, ''));
  const view = new DataView(bytes.buffer);
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  try {
    if (start.startsWith('\x89PNG')) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (start.startsWith('GIF8')) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return webpSize(view, start.slice(12, 16));
    if (start.startsWith('\xff\xd8')) return jpegSize(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function webpSize(view: DataView, kind: string): ImageSize | undefined {
  if (kind === 'VP8X') return { width: 1 + three(view, 24), height: 1 + three(view, 27) };
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

const three = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);

/** The first frame header; the segments before it are passed over. */
function jpegSize(view: DataView): ImageSize | undefined {
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}
