import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'pb_live_';
const secretLength = 43;
const checksumLength = 6;
const shape = /^pb_live_[0-9A-Za-z]{49}$/;

/** `pb_live_`, 32 random bytes in base 62, and a checksum, so that scanners and we know a key at sight. */
export function makeKey(): string {
  const secret = toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength);
  return `${prefix}${secret}${checksum(prefix + secret)}`;
}

/** False for anything mistyped or cut; no look-up is needed to know. */
export const isKeyShaped = (text: string): boolean =>
  shape.test(text) && text.endsWith(checksum(text.slice(0, prefix.length + secretLength)));

/** What is kept of a key. The key has 256 random bits, so a plain hash is enough. */
export const hashKey = (key: string): string => hash('sha256', key, 'base64url');

/** What a list shows of it. */
export const keyHint = (key: string): string => `${prefix}…${key.slice(-4)}`;

const checksum = (text: string): string => toBase62(BigInt(crc32(text)), checksumLength);

function toBase62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = `${digits[Number(rest % 62n)]}${text}`;
  return text.padStart(length, '0');
}
