import { bytesOf } from './base64.ts';
import type { MediaPart } from './interface.ts';

/** Bytes a second of a sound whose kind does not tell them: speech as recorders pack it, 64 kbit/s. */
const usualRate = 8_000;
/** Letters of base64 that hold the head of a file and some of its frames. */
const looked = 80_000;

/** How long a sound is, in seconds: as its head says, or by the size of the file. Roughly; only for figures marked as estimated. */
export function soundSeconds({ base64 }: Pick<MediaPart, 'base64'>): number {
  const size = Math.floor((base64.length * 3) / 4);
  return size / (rateOf(bytesOf(base64.slice(0, looked))) ?? usualRate);
}

/** Bytes a second, of a WAV or MP3 file. */
function rateOf(head: Uint8Array): number | undefined {
  const view = new DataView(head.buffer);
  const letters = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  if (letters(0) === 'RIFF' && letters(8) === 'WAVE') {
    for (let at = 12; at + 20 <= head.length; at += 8 + view.getUint32(at + 4, true)) {
      if (letters(at) === 'fmt ') return view.getUint32(at + 16, true) || undefined;
    }
    return undefined;
  }
  return mp3Rate(head, letters(0).startsWith('ID3') ? tagLength(head) : 0);
}

/** An ID3 tag says its length in four times seven bits. */
const tagLength = (head: Uint8Array): number => 10 + head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);

/** Kilobits a second of layer III, by the index in a frame's head: MPEG 1, and MPEG 2 with 2.5. */
const mpeg1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const mpeg2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

function mp3Rate(head: Uint8Array, from: number): number | undefined {
  for (let at = from; at + 2 < head.length; at += 1) {
    const [first = 0, second = 0, third = 0] = head.subarray(at, at + 3);
    if (first !== 0xff || (second & 0xe6) !== 0xe2) continue;
    const kilobits = ((second & 0x18) === 0x18 ? mpeg1 : mpeg2)[third >> 4];
    return kilobits === undefined || kilobits === 0 ? undefined : (kilobits * 1_000) / 8;
  }
  return undefined;
}

/** How long a text takes to be spoken, in seconds: 15 letters or four and a half characters of Chinese each second. */
export function spokenSeconds(text: string): number {
  let wide = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) >= 0x2e80) wide += 1;
  return wide / 4.5 + (text.length - wide) / 15;
}
