import { readFileSync } from 'node:fs';
import type { Connection } from './connections.ts';
import { EnvironmentError } from './environment-error.ts';
import { firstOf, type Read, readBaseUrl } from './read-environment.ts';

/** Connections to the clouds whose address depends on a region, a project or a resource: Azure, Vertex AI, Bedrock. */
export const cloudConnections = (read: Read): Connection[] => [...azure(read), ...vertex(read), ...bedrock(read)];

function azure(read: Read): Connection[] {
  const apiKey = read('AZURE_OPENAI_API_KEY');
  const given = read('AZURE_OPENAI_ENDPOINT');
  if (given === undefined) {
    if (apiKey === undefined) return [];
    throw new EnvironmentError('AZURE_OPENAI_API_KEY is set, so AZURE_OPENAI_ENDPOINT must be too, such as https://name.openai.azure.com.');
  }
  const endpoint = readBaseUrl('AZURE_OPENAI_ENDPOINT', given).replace(/\/openai(?:\/v1)?$/, '');
  const model = firstOf(['AZURE_OPENAI_DEPLOYMENT', 'AZURE_OPENAI_MODEL'], read);
  return [
    {
      id: 'azure',
      family: 'azure',
      baseUrl: `${endpoint}/openai/v1`,
      apiKey,
      model,
      privateAllowed: true,
      tableProvider: new URL(endpoint).hostname.endsWith('.azure.com') ? 'azure' : undefined,
      // Deployments cannot be listed, so without a name there is none to take.
      auto: model !== undefined,
    },
  ];
}

function vertex(read: Read): Connection[] {
  const apiKey = vertexSecret(read);
  const expressKey = read('GOOGLE_VERTEX_API_KEY');
  const given = read('GOOGLE_VERTEX_BASE_URL');
  const account = serviceAccountIn(apiKey);
  const project = read('GOOGLE_VERTEX_PROJECT') ?? (read('GOOGLE_VERTEX_LOCATION') === undefined ? undefined : account.project);
  if (expressKey === undefined && (apiKey === undefined || (project === undefined && given === undefined))) return [];
  const own = expressKey === undefined ? regionUrl(project ?? '', read('GOOGLE_VERTEX_LOCATION') ?? 'global') : expressUrl;
  return [
    {
      id: 'vertex',
      family: 'vertex',
      baseUrl: given === undefined ? own : readBaseUrl('GOOGLE_VERTEX_BASE_URL', given),
      apiKey: expressKey ?? apiKey,
      ...(account.tokenOrigin === undefined ? {} : { origins: [account.tokenOrigin] }),
      model: read('GOOGLE_VERTEX_MODEL') ?? 'gemini-2.5-flash',
      privateAllowed: given !== undefined,
      tableProvider: given === undefined ? 'google' : undefined,
      auto: true,
    },
  ];
}

const expressUrl = 'https://aiplatform.googleapis.com/v1/publishers/google';

function regionUrl(project: string, location: string): string {
  const host = location === 'global' ? 'aiplatform.googleapis.com' : `${location}-aiplatform.googleapis.com`;
  if (!/^[a-z0-9-]{1,40}$/.test(location))
    throw new EnvironmentError('GOOGLE_VERTEX_LOCATION must be a region such as europe-west4, or global.');
  return `https://${host}/v1/projects/${encodeURIComponent(project)}/locations/${location}/publishers/google`;
}

/** The service account: its key file by its text or, as Google's own clients have it, by its path. */
function vertexSecret(read: Read): string | undefined {
  const text = read('GOOGLE_VERTEX_CREDENTIALS');
  const path = read('GOOGLE_APPLICATION_CREDENTIALS');
  // The path is set on many machines; it is read only where somebody asked for Vertex.
  const asked = read('GOOGLE_VERTEX_PROJECT') ?? read('GOOGLE_VERTEX_LOCATION');
  if (text !== undefined || path === undefined || asked === undefined) return text;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw Object.assign(new EnvironmentError(`GOOGLE_APPLICATION_CREDENTIALS names a file that cannot be read: ${path}`), { cause });
  }
}

function serviceAccountIn(text: string | undefined): { project?: string; tokenOrigin?: string } {
  if (text === undefined) return {};
  try {
    const { project_id: project, token_uri: uri = 'https://oauth2.googleapis.com/token' } = JSON.parse(text) as Record<
      string,
      string | undefined
    >;
    return { ...(project === undefined ? {} : { project }), tokenOrigin: new URL(uri).origin };
  } catch {
    throw new EnvironmentError('The credentials of Vertex AI must be the JSON key file of a service account.');
  }
}

function bedrock(read: Read): Connection[] {
  const region = firstOf(['AWS_REGION', 'AWS_DEFAULT_REGION'], read);
  const bearer = read('AWS_BEARER_TOKEN_BEDROCK');
  const pair = [read('AWS_ACCESS_KEY_ID'), read('AWS_SECRET_ACCESS_KEY'), read('AWS_SESSION_TOKEN')].filter((part) => part !== undefined);
  const apiKey = bearer ?? (pair.length < 2 || read('AWS_SECRET_ACCESS_KEY') === undefined ? undefined : pair.join(':'));
  if (apiKey === undefined || region === undefined) return [];
  if (!/^[a-z0-9-]{1,40}$/.test(region)) throw new EnvironmentError('AWS_REGION must be a region such as eu-central-1.');
  const given = read('AWS_ENDPOINT_URL_BEDROCK_RUNTIME');
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const model = read('BEDROCK_MODEL');
  return [
    {
      id: 'bedrock',
      family: 'bedrock',
      baseUrl: given === undefined ? `https://bedrock-runtime.${region}.${suffix}` : readBaseUrl('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', given),
      origins: [`https://bedrock-agent-runtime.${region}.${suffix}`],
      apiKey,
      settings: { region },
      model: model ?? `${regionGroup(region)}amazon.nova-lite-v1:0`,
      privateAllowed: given !== undefined,
      tableProvider: given === undefined ? 'aws' : undefined,
      // Keys of AWS are there for many things: `auto` means it only where a model is named.
      auto: model !== undefined,
    },
  ];
}

/** Models are offered by groups of regions; the name begins with that of the group. */
function regionGroup(region: string): string {
  const [first] = region.split('-');
  if (first === 'us' || first === 'eu') return `${first}.`;
  return first === 'ap' ? 'apac.' : '';
}
