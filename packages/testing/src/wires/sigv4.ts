import { createHash, createHmac } from 'node:crypto';
import type { WireRequest, WireSecrets } from './wire.ts';

const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Recomputes an AWS Signature, version 4, from what came over the wire; says what is wrong, or undefined where it is right.
 * The path is encoded once more than it was sent, as all services but S3 have it.
 */
export function checkSignature({ method, path, query, headers, bytes }: WireRequest, secrets: WireSecrets): string | undefined {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (found === null) return 'Missing Authentication Token';
  const [, id, day = '', region = '', service = '', signedHeaders = '', signature] = found;
  if (id !== secrets.accessKeyId) return 'The security token included in the request is invalid.';
  if (region !== secrets.region || service !== 'bedrock') return 'Credential should be scoped to a valid region and service.';
  const at = String(headers['x-amz-date']);
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date') || !at.startsWith(day)) return 'The signed headers are not complete.';
  const parameters = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = names.map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`).join('');
  const canonical = [method, path.split('/').map(encode).join('/'), parameters.join('&'), lines, signedHeaders, hash(bytes)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    `AWS4${secrets.secretAccessKey}`,
  );
  const expected = hmac(key, ['AWS4-HMAC-SHA256', at, scope, hash(canonical)].join('\n')).toString('hex');
  return signature === expected ? undefined : 'The request signature we calculated does not match the signature you provided.';
}
