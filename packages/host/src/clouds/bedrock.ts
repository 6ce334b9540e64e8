import { assertLine, assertRegion, type Cloud, CloudFault } from './cloud.ts';

/** Amazon Bedrock: a region, and a key pair of AWS or an API key of Bedrock's own. */
export const bedrock: Cloud = {
  connect: ({ id, baseUrl, apiKey, region, model }) => {
    if (region === undefined) throw new CloudFault('region', 'region_needed');
    assertRegion(region);
    const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return {
      id,
      family: 'bedrock',
      baseUrl: baseUrl ?? `https://bedrock-runtime.${region}.${suffix}`,
      // Ranking is another service of the same region.
      origins: [`https://bedrock-agent-runtime.${region}.${suffix}`],
      apiKey,
      settings: { region },
      model: model ?? `${groupOf(region)}amazon.nova-lite-v1:0`,
      privateAllowed: baseUrl !== undefined,
      tableProvider: baseUrl === undefined ? 'aws' : undefined,
      auto: true,
    };
  },
  readSecret: (copied) => {
    const secret = namedPair(copied) ?? plainPair(copied) ?? copied;
    for (const key of secret.split(',')) assertKey(key.trim());
    return secret;
  },
  nameOfSecret: (secret) => secret.split(',').at(-1)?.trim().split(':', 1)[0],
};

/** Models are offered by groups of regions; the name begins with that of the group. */
function groupOf(region: string): string {
  const [first] = region.split('-');
  if (first === 'us' || first === 'eu') return `${first}.`;
  return first === 'ap' ? 'apac.' : '';
}

const idShape = /^A[KS]IA[A-Z0-9]{12,124}$/;

/** `id:secret`, `id:secret:session token`, or an API key, which has no colon. */
function assertKey(key: string): void {
  assertLine(key);
  const parts = key.split(':');
  const [id = ''] = parts;
  if (parts.length === 1 && !idShape.test(id)) return;
  if (parts.length === 1 || parts.includes('')) throw new CloudFault('key', 'key_pair_incomplete');
  if (parts.length > 3) throw new CloudFault('key', 'key_unusable');
}

/** Lines of a credentials file, of a shell or of a JSON answer: a name, a sign between, a value. */
const named = {
  id: /access_?key_?id["']?\s{0,9}[:=]\s{0,9}["']?([\w+/=-]{1,4000})/i,
  secret: /secret_?access_?key["']?\s{0,9}[:=]\s{0,9}["']?([\w+/=-]{1,4000})/i,
  token: /session_?token["']?\s{0,9}[:=]\s{0,9}["']?([\w+/=-]{1,4000})/i,
};

function namedPair(copied: string): string | undefined {
  const [id, secret, token] = [named.id, named.secret, named.token].map((pattern) => pattern.exec(copied)?.[1]);
  if (id === undefined && secret === undefined) return undefined;
  if (id === undefined || secret === undefined) throw new CloudFault('key', 'key_pair_incomplete');
  return token === undefined ? `${id}:${secret}` : `${id}:${secret}:${token}`;
}

/** Two or three values one after the other, as a console shows them or its file has them below a line of titles. */
function plainPair(copied: string): string | undefined {
  const values = copied
    .replace(/^access key id,secret access key\s/i, '')
    .split(/[\s,]+/)
    .filter((value) => value !== '');
  const [id = '', ...rest] = values;
  if (!idShape.test(id) || rest.length === 0 || rest.length > 2 || rest.some((value) => value.includes(':'))) return undefined;
  return values.join(':');
}
