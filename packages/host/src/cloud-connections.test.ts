import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloudConnections } from './cloud-connections.ts';
import { reader } from './read-environment.ts';

const read = (env: Record<string, string>) => cloudConnections(reader(env));

test('nothing set is no connection', () => {
  expect(read({})).toEqual([]);
  expect(read({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' })).toEqual([]);
  expect(read({ AWS_REGION: 'eu-central-1' })).toEqual([]);
  expect(read({ GOOGLE_APPLICATION_CREDENTIALS: '/no/such/file' })).toEqual([]);
});

test('Azure is a resource’s address and the name of a deployment', () => {
  expect(
    read({ AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'https://mine.openai.azure.com/', AZURE_OPENAI_DEPLOYMENT: 'chat' }),
  ).toEqual([
    {
      id: 'azure',
      family: 'azure',
      baseUrl: 'https://mine.openai.azure.com/openai/v1',
      apiKey: 'k',
      model: 'chat',
      privateAllowed: true,
      tableProvider: 'azure',
      auto: true,
    },
  ]);
  expect(read({ AZURE_OPENAI_ENDPOINT: 'https://x.example/openai/v1' })).toMatchObject([
    { baseUrl: 'https://x.example/openai/v1', auto: false },
  ]);
  expect(() => read({ AZURE_OPENAI_API_KEY: 'k' })).toThrow(/AZURE_OPENAI_ENDPOINT must be/);
});

const account = JSON.stringify({
  project_id: 'p1',
  client_email: 'a@b',
  private_key: 'pem',
  token_uri: 'https://oauth2.googleapis.com/token',
});

test('Vertex is a project and a region; the service account comes as text or by its path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-account-'));
  try {
    const path = join(folder, 'account.json');
    writeFileSync(path, account);
    const expected = {
      id: 'vertex',
      family: 'vertex',
      baseUrl: 'https://europe-west4-aiplatform.googleapis.com/v1/projects/p1/locations/europe-west4/publishers/google',
      origins: ['https://oauth2.googleapis.com'],
      apiKey: account,
      model: 'gemini-2.5-flash',
      privateAllowed: false,
      tableProvider: 'google',
      auto: true,
    };
    expect(read({ GOOGLE_VERTEX_LOCATION: 'europe-west4', GOOGLE_APPLICATION_CREDENTIALS: path })).toEqual([expected]);
    expect(read({ GOOGLE_VERTEX_LOCATION: 'europe-west4', GOOGLE_VERTEX_CREDENTIALS: account })).toEqual([expected]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(read({ GOOGLE_VERTEX_PROJECT: 'p2', GOOGLE_VERTEX_CREDENTIALS: account })).toMatchObject([
    { baseUrl: 'https://aiplatform.googleapis.com/v1/projects/p2/locations/global/publishers/google' },
  ]);
  expect(read({ GOOGLE_VERTEX_API_KEY: 'k' })).toMatchObject([
    { baseUrl: 'https://aiplatform.googleapis.com/v1/publishers/google', apiKey: 'k' },
  ]);
});

test.each([
  [{ GOOGLE_VERTEX_PROJECT: 'p', GOOGLE_APPLICATION_CREDENTIALS: '/no/such/file' }, /GOOGLE_APPLICATION_CREDENTIALS names a file/],
  [{ GOOGLE_VERTEX_PROJECT: 'p', GOOGLE_VERTEX_CREDENTIALS: 'not json' }, /JSON key file/],
  [
    { GOOGLE_VERTEX_PROJECT: 'p', GOOGLE_VERTEX_LOCATION: 'a.evil.example/', GOOGLE_VERTEX_CREDENTIALS: account },
    /GOOGLE_VERTEX_LOCATION must be/,
  ],
  [{ AWS_REGION: 'x.evil.example#', AWS_BEARER_TOKEN_BEDROCK: 'k' }, /AWS_REGION must be/],
])('%j is refused by name', (env, sentence) => {
  expect(() => read(env)).toThrow(sentence);
});

test('Bedrock is a region and a key pair or key; auto means it only where its model is named', () => {
  const env = { AWS_DEFAULT_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's/x', AWS_SESSION_TOKEN: 't' };
  expect(read(env)).toEqual([
    {
      id: 'bedrock',
      family: 'bedrock',
      baseUrl: 'https://bedrock-runtime.eu-central-1.amazonaws.com',
      origins: ['https://bedrock-agent-runtime.eu-central-1.amazonaws.com'],
      apiKey: 'AKIA:s/x:t',
      settings: { region: 'eu-central-1' },
      model: 'eu.amazon.nova-lite-v1:0',
      privateAllowed: false,
      tableProvider: 'aws',
      auto: false,
    },
  ]);
  expect(read({ ...env, BEDROCK_MODEL: 'm', AWS_BEARER_TOKEN_BEDROCK: 'ABSK' })).toMatchObject([
    { apiKey: 'ABSK', model: 'm', auto: true },
  ]);
  expect(read({ AWS_REGION: 'ap-southeast-2', AWS_BEARER_TOKEN_BEDROCK: 'k' })).toMatchObject([{ model: 'apac.amazon.nova-lite-v1:0' }]);
  expect(read({ AWS_REGION: 'cn-north-1', AWS_BEARER_TOKEN_BEDROCK: 'k' })).toMatchObject([
    { baseUrl: 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn', model: 'amazon.nova-lite-v1:0' },
  ]);
});
