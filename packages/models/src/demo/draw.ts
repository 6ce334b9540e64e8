import { base64Of } from '../base64.ts';
import type { MediaPart } from '../interface.ts';

const side = 256;
const cells = 8;

/** A picture that no one could take for a model's: tiles in few colours, mirrored, the same for the same words. As PNG. */
export async function draw(prompt: string, number = 0): Promise<MediaPart> {
  const next = numbersOf(`${number}:${prompt}`);
  const hue = next() % 360;
  const palette = [...paper, ...colour(hue, 0.45, 0.55), ...colour(hue + 40, 0.5, 0.7), ...ink];
  const tiles = Array.from({ length: (cells * cells) / 2 }, () => next() % 3);
  const rows = new Uint8Array(side * (side + 1));
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) rows[y * (side + 1) + 1 + x] = pixel(x, y, tiles);
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, side);
  header.setUint32(4, side);
  // Eight bits a pixel, each the number of a colour.
  header.setUint8(8, 8);
  header.setUint8(9, 3);
  const parts = [
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(palette)),
    chunk('IDAT', await deflate(rows)),
    chunk('IEND', new Uint8Array()),
  ];
  const bytes = join([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...parts]);
  return { type: 'media', mediaType: 'image/png', base64: base64Of(bytes) };
}

const paper = [0xf4, 0xf3, 0xef];
const ink = [0x6b, 0x4e, 0x9b];

/** A frame of dashes, the mark of what is simulated; within it the tiles, left and right alike. */
function pixel(x: number, y: number, tiles: readonly number[]): number {
  const edge = Math.min(x, y, side - 1 - x, side - 1 - y);
  if (edge < 6) return (x + y) % 16 < 10 ? 3 : 0;
  const size = side / cells;
  const column = Math.floor(x / size);
  return tiles[Math.floor(y / size) * (cells / 2) + Math.min(column, cells - 1 - column)] ?? 0;
}

/** Numbers that depend on a text and nothing else (FNV-1a, then xorshift). */
function numbersOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function colour(hue: number, saturation: number, lightness: number): number[] {
  const span = saturation * Math.min(lightness, 1 - lightness);
  const at = (step: number): number => {
    const k = (step + hue / 30) % 12;
    return Math.round(255 * (lightness - span * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [at(0), at(8), at(4)];
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const body = join([Uint8Array.from(name, (letter) => letter.charCodeAt(0)), content]);
  const [before, after] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  before.setUint32(0, content.length);
  after.setUint32(0, crc(body));
  return join([new Uint8Array(before.buffer), body, new Uint8Array(after.buffer)]);
}

/** The check sum of PNG (ISO 3309). */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
