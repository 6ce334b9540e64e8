import { base64Of, bytesOf } from '../base64.ts';
import { ModelError } from '../errors.ts';
import type { CallContext } from '../interface.ts';
import { isRecord, stringAt } from '../json.ts';
import { errorOfResponse } from '../provider-errors.ts';

/** What a service account's key file says; the rest of it is not needed. */
export interface ServiceAccount {
  email: string;
  privateKey: string;
  keyId: string | undefined;
  tokenUrl: string;
}

/** Reads a service account's key file. Undefined where it is none. */
export function readServiceAccount(text: string): ServiceAccount | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(file)) return undefined;
  const email = stringAt(file, 'client_email');
  const privateKey = stringAt(file, 'private_key');
  if (email === undefined || privateKey === undefined) return undefined;
  return {
    email,
    privateKey,
    keyId: stringAt(file, 'private_key_id'),
    tokenUrl: stringAt(file, 'token_uri') ?? 'https://oauth2.googleapis.com/token',
  };
}

/** A token is renewed this long before it ends. */
const spareMs = 60_000;
const kept = new Map<string, { token: string; untilMs: number }>();

/** A token for Google Cloud, changed for a claim the service account signed (RFC 7523); kept until shortly before it ends. */
export async function googleToken(secret: string, call: CallContext): Promise<string> {
  const known = kept.get(secret);
  if (known !== undefined && known.untilMs > Date.now()) return known.token;
  const account = readServiceAccount(secret);
  if (account === undefined) throw new ModelError('auth', 'key_rejected', { provider: 'vertex', model: '' });
  const { request, signal } = call;
  const body = `grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=${await claimOf(account, Date.now())}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await request({ url: account.tokenUrl, method: 'POST', headers, body, signal });
  if (response.status !== 200) throw await errorOfResponse(response, { provider: 'vertex', model: '', secrets: [account.privateKey] });
  const answer: unknown = JSON.parse(await response.text());
  const token = isRecord(answer) ? stringAt(answer, 'access_token') : undefined;
  if (token === undefined) throw new ModelError('auth', 'key_rejected', { provider: 'vertex', model: '' });
  const seconds = isRecord(answer) && typeof answer['expires_in'] === 'number' ? answer['expires_in'] : 0;
  // A handful of service accounts is what an installation has; more are asked for anew.
  if (kept.size >= 100) kept.clear();
  kept.set(secret, { token, untilMs: Date.now() + seconds * 1_000 - spareMs });
  return token;
}

async function claimOf({ email, privateKey, keyId, tokenUrl }: ServiceAccount, nowMs: number): Promise<string> {
  const seconds = Math.floor(nowMs / 1_000);
  const head = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const claims = {
    iss: email,
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    aud: tokenUrl,
    iat: seconds,
    exp: seconds + 3_600,
  };
  const signed = `${jsonPart(head)}.${jsonPart(claims)}`;
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = bytesOf(privateKey.replace(/-----[A-Z ]+-----|\s/g, ''));
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, rsa, false, ['sign']);
  const signature = await crypto.subtle.sign(rsa, key, new TextEncoder().encode(signed));
  return `${signed}.${urlPart(new Uint8Array(signature))}`;
}

const urlPart = (bytes: Uint8Array): string => base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const jsonPart = (value: object): string => urlPart(new TextEncoder().encode(JSON.stringify(value)));
