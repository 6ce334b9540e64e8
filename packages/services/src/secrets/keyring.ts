import { hash } from 'node:crypto';
import { SettingsError } from '../settings.ts';

/** A key that encrypts other keys. */
export interface MasterKey {
  /** Made of the key itself, so that a key is known again wherever it comes from. */
  id: string;
  /** 32 bytes. */
  bytes: Buffer;
}

/** The master keys there are, the one in force first. The others only open what they once sealed. */
export type Keyring = readonly MasterKey[];

const keyBytes = 32;

export function masterKey(bytes: Buffer): MasterKey {
  if (bytes.length !== keyBytes) throw new RangeError('a master key has 32 bytes');
  return { id: hash('sha256', Buffer.concat([Buffer.from('patchbay master key\0'), bytes]), 'hex').slice(0, 16), bytes };
}

/**
 * The keys of `PATCHBAY_SECRET_KEY`: one, or several separated by commas with the one in force first. Throws
 * SettingsError for anything but 32 bytes as base64 or hexadecimal, and never repeats what was given.
 */
export function keysOfSetting(text: string | undefined): Keyring {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => masterKey(readKey(part.trim())));
}

function readKey(text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  const bytes = Buffer.from(text, /[-_]/.test(text) ? 'base64url' : 'base64');
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text) && bytes.length === keyBytes) return bytes;
  throw new SettingsError(
    'PATCHBAY_SECRET_KEY must be 32 random bytes as base64 or hexadecimal, or several of these separated by commas. Make one with: openssl rand -base64 32',
  );
}
