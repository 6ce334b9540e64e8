import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ModelError } from '@patchbay/models';

const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** A whole body as text. We ask for no compression; what comes packed all the same is unpacked up to the limit. */
export async function decodeText(chunks: readonly Uint8Array[], encoding: string | undefined, limit: number): Promise<string> {
  const [first] = chunks;
  let bytes = chunks.length === 1 && first !== undefined ? bufferOf(first) : Buffer.concat(chunks);
  if (encoding !== undefined && encoding !== 'identity' && bytes.length > 0) {
    const decode = decoders.get(encoding.trim().toLowerCase());
    if (decode === undefined) throw new ModelError('bad_output', 'unknown_encoding', { encoding: encoding.slice(0, 40) });
    try {
      bytes = await decode(bytes, { maxOutputLength: limit });
    } catch (cause) {
      const tooLarge = cause instanceof RangeError;
      throw new ModelError('bad_output', tooLarge ? 'response_too_large' : 'malformed_answer', { limit }, { cause });
    }
  }
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
