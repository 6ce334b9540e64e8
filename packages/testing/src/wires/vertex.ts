import { verify } from 'node:crypto';
import { createGeminiWire } from './gemini.ts';
import { assertShape, type Wire, type WireRequest, type WireSecrets } from './wire.ts';

const token = 'ya29.fake-token';
const gemini = createGeminiWire({
  name: 'vertex',
  base: '/v1/projects/p1/locations/europe-west4/publishers/google',
  authenticate: ({ headers }) =>
    headers.authorization === `Bearer ${token}` && headers['x-goog-api-key'] === undefined
      ? undefined
      : 'Request had invalid authentication credentials.',
});

/** Gemini at Vertex AI: a service account's signed claim is changed for a token, which is what calls are proven with. */
export const vertexWire: Wire = {
  ...gemini,
  authenticate: (request, secrets) => (request.path === '/token' ? checkClaim(request, secrets) : gemini.authenticate(request, secrets)),
  read: (request) => (request.path === '/token' ? { kind: 'token', model: '', stream: false, texts: [] } : gemini.read(request)),
  other: (asked, answer) =>
    asked.kind === 'token' ? { access_token: token, expires_in: 3600, token_type: 'Bearer' } : gemini.other?.(asked, answer),
  refuse: (as, message) =>
    as === 'auth' ? { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED', message } } } : gemini.refuse(as, message),
};

/** A claim is a JWT of the service account for this very address, signed with its key (RFC 7523). */
function checkClaim({ headers, bytes }: WireRequest, { publicKey = '' }: WireSecrets): string | undefined {
  const form = new URLSearchParams(bytes.toString('utf8'));
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') return 'unsupported_grant_type';
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))) return 'invalid_grant';
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
  assertShape(told['aud'] === `http://${headers.host}/token`, 'aud must be the token address');
  assertShape(
    String(told['scope']).endsWith('/auth/cloud-platform') && Number(told['exp']) > Number(told['iat']),
    'scope and exp are required',
  );
  return undefined;
}
