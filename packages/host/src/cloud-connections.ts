import { readFileSync } from 'node:fs';
import { azure } from './clouds/azure.ts';
import { bedrock } from './clouds/bedrock.ts';
import { type Cloud, CloudFault, type CloudParts, type CloudReason } from './clouds/cloud.ts';
import { vertex } from './clouds/vertex.ts';
import type { Connection } from './connections.ts';
import { EnvironmentError } from './environment-error.ts';
import { firstOf, type Read, readBaseUrl } from './read-environment.ts';

/** Connections to the clouds whose address depends on a region, a project or a resource: Azure, Vertex AI, Bedrock. */
export const cloudConnections = (read: Read): Connection[] => [...fromAzure(read), ...fromVertex(read), ...fromBedrock(read)];

const addressAt = (name: string, read: Read): string | undefined => {
  const given = read(name);
  return given === undefined ? undefined : readBaseUrl(name, given);
};

function fromAzure(read: Read): Connection[] {
  const apiKey = read('AZURE_OPENAI_API_KEY');
  const baseUrl = addressAt('AZURE_OPENAI_ENDPOINT', read);
  if (apiKey === undefined && baseUrl === undefined) return [];
  const model = firstOf(['AZURE_OPENAI_DEPLOYMENT', 'AZURE_OPENAI_MODEL'], read);
  // Deployments cannot be listed, so without a name there is none to take.
  return [{ ...connect(azure, { id: 'azure', baseUrl, apiKey, model }), auto: model !== undefined }];
}

function fromVertex(read: Read): Connection[] {
  const expressKey = read('GOOGLE_VERTEX_API_KEY');
  const baseUrl = addressAt('GOOGLE_VERTEX_BASE_URL', read);
  const project = read('GOOGLE_VERTEX_PROJECT');
  const region = read('GOOGLE_VERTEX_LOCATION');
  const model = read('GOOGLE_VERTEX_MODEL');
  if (expressKey !== undefined) return [connect(vertex, { id: 'vertex', baseUrl, apiKey: expressKey, model })];
  const apiKey = vertexSecret(read);
  if (apiKey === undefined || (project === undefined && region === undefined && baseUrl === undefined)) return [];
  if (!apiKey.trimStart().startsWith('{')) throw new EnvironmentError(noAccount);
  return [connect(vertex, { id: 'vertex', baseUrl, apiKey, region, project, model })];
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

function fromBedrock(read: Read): Connection[] {
  const region = firstOf(['AWS_REGION', 'AWS_DEFAULT_REGION'], read);
  const bearer = read('AWS_BEARER_TOKEN_BEDROCK');
  const pair = [read('AWS_ACCESS_KEY_ID'), read('AWS_SECRET_ACCESS_KEY'), read('AWS_SESSION_TOKEN')].filter((part) => part !== undefined);
  const apiKey = bearer ?? (pair.length < 2 || read('AWS_SECRET_ACCESS_KEY') === undefined ? undefined : pair.join(':'));
  if (apiKey === undefined || region === undefined) return [];
  const baseUrl = addressAt('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', read);
  const model = read('BEDROCK_MODEL');
  // Keys of AWS are there for many things: `auto` means it only where a model is named.
  return [{ ...connect(bedrock, { id: 'bedrock', baseUrl, apiKey, region, model }), auto: model !== undefined }];
}

/** Faults of the environment name the variable to set. */
function connect(cloud: Cloud, parts: CloudParts): Connection {
  try {
    return cloud.connect(parts);
  } catch (error) {
    if (!(error instanceof CloudFault)) throw error;
    throw new EnvironmentError(cloud === bedrock ? regionOfBedrock : (sentences[error.reason] ?? error.message));
  }
}

const regionOfBedrock = 'AWS_REGION must be a region such as eu-central-1.';
const noAccount = 'The credentials of Vertex AI must be the JSON key file of a service account.';
const sentences: Partial<Record<CloudReason, string>> = {
  base_url_needed: 'AZURE_OPENAI_API_KEY is set, so AZURE_OPENAI_ENDPOINT must be too, such as https://name.openai.azure.com.',
  region_invalid: 'GOOGLE_VERTEX_LOCATION must be a region such as europe-west4, or global.',
  account_invalid: noAccount,
  account_without_project: 'The key file of Vertex AI names no project, so GOOGLE_VERTEX_PROJECT must.',
};
