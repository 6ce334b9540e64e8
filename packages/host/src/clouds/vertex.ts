import { isRecord } from '@patchbay/flow';
import { assertLine, assertRegion, type Cloud, CloudFault, type CloudParts } from './cloud.ts';

/** Google Vertex AI: a service account's key file and a location, or an API key of its express mode. */
export const vertex: Cloud = {
  connect: ({ id, baseUrl, apiKey, region, project, model }) => {
    const account = accountIn(apiKey);
    const own = account === undefined ? expressUrl(region, apiKey) : regionUrl(project ?? account.project, region ?? 'global', baseUrl);
    return {
      id,
      family: 'vertex',
      baseUrl: baseUrl === undefined ? own.origin + own.path : hasPath(baseUrl) ? baseUrl : baseUrl + own.path,
      apiKey,
      ...(account === undefined ? {} : { origins: [account.tokenOrigin] }),
      model: model ?? 'gemini-2.5-flash',
      privateAllowed: baseUrl !== undefined,
      tableProvider: baseUrl === undefined ? 'google' : undefined,
      auto: true,
    };
  },
  readSecret: (copied) => {
    const account = accountIn(copied);
    if (account === undefined) assertLine(copied);
    else if (!account.file['private_key'].includes('PRIVATE KEY')) throw new CloudFault('key', 'account_invalid');
    return account === undefined ? copied : JSON.stringify(account.file);
  },
  nameOfSecret: (secret) => {
    const account = accountIn(secret);
    return account === undefined ? secret : account.file['private_key_id'];
  },
};

interface Place {
  origin: string;
  path: string;
}

const hasPath = (baseUrl: string): boolean => baseUrl.includes('/publishers/');

function expressUrl(region: string | undefined, apiKey: string | undefined): Place {
  // Only calls of a service account name their project, and so a place in it.
  if (region !== undefined && region !== 'global' && apiKey !== undefined) throw new CloudFault('region', 'region_not_for_key');
  return { origin: 'https://aiplatform.googleapis.com', path: '/v1/publishers/google' };
}

function regionUrl(project: string | undefined, location: string, baseUrl: string | undefined): Place {
  assertRegion(location);
  if (project === undefined && (baseUrl === undefined || !hasPath(baseUrl))) throw new CloudFault('key', 'account_without_project');
  const host = location === 'global' ? 'aiplatform.googleapis.com' : `${location}-aiplatform.googleapis.com`;
  return {
    origin: `https://${host}`,
    path: `/v1/projects/${encodeURIComponent(project ?? '')}/locations/${location}/publishers/google`,
  };
}

/** Of a key file, what is needed; the rest of it is not kept. */
const kept = ['type', 'project_id', 'private_key_id', 'private_key', 'client_email', 'token_uri'] as const;
type KeyFile = Record<'private_key' | 'client_email', string> & Partial<Record<(typeof kept)[number], string>>;

interface Account {
  project: string | undefined;
  /** Where the tokens that calls are proven with are had: the only other place that hears of the key. */
  tokenOrigin: string;
  file: KeyFile;
}

/** The service account, where the secret is one. Throws CloudFault for any other JSON. */
function accountIn(secret: CloudParts['apiKey']): Account | undefined {
  if (secret === undefined || !secret.trimStart().startsWith('{')) return undefined;
  const file = readFields(secret);
  const { private_key, client_email, project_id, token_uri = 'https://oauth2.googleapis.com/token' } = file;
  if (private_key === undefined || client_email === undefined || !URL.canParse(token_uri)) throw new CloudFault('key', 'account_invalid');
  return { project: project_id, tokenOrigin: new URL(token_uri).origin, file: { ...file, private_key, client_email } };
}

function readFields(text: string): Partial<Record<(typeof kept)[number], string>> {
  try {
    const file: unknown = JSON.parse(text);
    if (!isRecord(file)) return {};
    return Object.fromEntries(kept.flatMap((name) => (typeof file[name] === 'string' ? [[name, file[name]]] : [])));
  } catch {
    return {};
  }
}
