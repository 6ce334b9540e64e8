import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const mark = 'v1.';

/** What a sealed text belongs to. It is not stored with it: opened anywhere else, the text does not open. */
export type Binding = readonly (string | number)[];

/** As JSON, so that no two lists of parts make the same bytes. */
const bytesOf = (binding: Binding): Buffer => Buffer.from(JSON.stringify(binding), 'utf8');

/** Encrypts with AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce. `key` has 32 bytes. */
export function seal(key: Uint8Array, plain: Uint8Array, binding: Binding): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(bytesOf(binding));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `${mark}${sealed.toString('base64url')}`;
}

/** What was sealed, or undefined where a bit of it, its key or its binding is another. */
export function unseal(key: Uint8Array, sealed: string, binding: Binding): Buffer | undefined {
  if (!sealed.startsWith(mark)) return undefined;
  const bytes = Buffer.from(sealed.slice(mark.length), 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(bytesOf(binding));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
