import { crc32, inflateRawSync } from 'node:zlib';

/** A zip that is broken, not a zip, or unpacks to more than it may. */
export class ZipError extends Error {
  readonly kind: 'broken' | 'too_large';
  constructor(kind: ZipError['kind']) {
    super(`zip: ${kind}`);
    this.name = 'ZipError';
    this.kind = kind;
  }
}

export interface ZipLimits {
  /** All parts together when unpacked, in bytes. */
  bytes: number;
  parts: number;
}

interface Part {
  name: string;
  method: number;
  packed: number;
  size: number;
  at: number;
}

/** The parts of a zip by name. What it says of its sizes is not believed: unpacking stops at the limit. */
export function readZip(bytes: Uint8Array, limits: ZipLimits, wanted: (name: string) => boolean = () => true): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let room = limits.bytes;
  for (const part of directory(bytes, limits.parts)) {
    if (!wanted(part.name)) continue;
    const content = unpack(bytes, part, room);
    room -= content.length;
    found.set(part.name, content);
  }
  return found;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function directory(bytes: Uint8Array, most: number): Part[] {
  const view = viewOf(bytes);
  const end = endRecord(view);
  const count = view.getUint16(end + 10, true);
  if (count > most) throw new ZipError('too_large');
  const parts: Part[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('broken');
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    parts.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** The record at the end of a zip, behind which a comment of up to 65,535 bytes may stand. */
function endRecord(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new ZipError('broken');
}

function unpack(bytes: Uint8Array, { method, packed, size, at }: Part, room: number): Uint8Array {
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) throw new ZipError('broken');
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const content = bytes.subarray(from, from + packed);
  if (size > room || content.length > room) throw new ZipError('too_large');
  if (method === 0) return content;
  if (method !== 8) throw new ZipError('broken');
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    throw new ZipError((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'broken');
  }
}

/** A zip of parts as they are, not packed: what a reader gets of it is what was checked before. */
export function writeZip(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const [files, index]: [Uint8Array[], Uint8Array[]] = [[], []];
  let at = 0;
  for (const [name, content] of parts) {
    const label = new TextEncoder().encode(name);
    const same = record([
      [2, 20],
      [2, 0x0800],
      [2, 0],
      [4, 0x00210000],
      [4, crc32(content)],
      [4, content.length],
      [4, content.length],
      [2, label.length],
      [2, 0],
    ]);
    files.push(record([[4, 0x04034b50]]), same, label, content);
    index.push(
      record([
        [4, 0x02014b50],
        [2, 20],
      ]),
      same,
      record([
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, at],
      ]),
      label,
    );
    at += 30 + label.length + content.length;
  }
  const length = index.reduce((sum, piece) => sum + piece.length, 0);
  const end = record([
    [4, 0x06054b50],
    [4, 0],
    [2, parts.size],
    [2, parts.size],
    [4, length],
    [4, at],
    [2, 0],
  ]);
  return Buffer.concat([...files, ...index, end]);
}

/** Whole numbers, each in so many bytes, the lowest first. */
function record(numbers: readonly [bytes: 2 | 4, value: number][]): Uint8Array {
  const piece = new DataView(new ArrayBuffer(numbers.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 2) piece.setUint16(at, value, true);
    else piece.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(piece.buffer);
}
